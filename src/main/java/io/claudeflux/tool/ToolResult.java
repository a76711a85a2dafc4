package io.claudeflux.tool;

import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.Json;
import io.claudeflux.message.TextBlock;
import io.claudeflux.message.ToolResultBlock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a tool tells the model.
 *
 * @param content text, images, documents and whatever else a {@code tool_result} takes; empty if there is nothing to
 *     say
 * @param isError whether the tool failed, so that the model can react
 */
public record ToolResult(List<ContentBlock> content, boolean isError) {
    private static final ToolResult EMPTY = new ToolResult(List.of(), false);

    /**
     * Copies the content. The API refuses an error that says nothing, so one without content says that much.
     *
     * @throws NullPointerException if {@code content} is null or holds null
     */
    public ToolResult {
        content = isError && content.isEmpty() ? List.of(new TextBlock("The tool failed.")) : List.copyOf(content);
    }

    /**
     * A result in words.
     *
     * @param text what the model reads; the empty result if it is blank, which the API refuses as a text
     * @return the result
     */
    public static ToolResult text(String text) {
        return text.isBlank() ? EMPTY : new ToolResult(List.of(new TextBlock(text)), false);
    }

    /**
     * A result as JSON.
     *
     * @param value anything {@link Json#of} takes
     * @return its JSON as text
     * @throws IllegalArgumentException if the value has no JSON form
     */
    public static ToolResult json(@Nullable Object value) {
        return text(Json.of(value).text());
    }

    /**
     * A result in blocks, such as an image.
     *
     * @param content the blocks, in order
     * @return the result
     */
    public static ToolResult of(ContentBlock... content) {
        return new ToolResult(List.of(content), false);
    }

    /**
     * A failure.
     *
     * @param message what the model reads
     * @return the result, marked as an error
     */
    public static ToolResult error(String message) {
        return new ToolResult(text(message).content, true);
    }

    /**
     * Success, and nothing to say.
     *
     * @return a result without content
     */
    public static ToolResult empty() {
        return EMPTY;
    }

    /**
     * What a value means that a tool's function gave back.
     *
     * @param value a {@code ToolResult} as it is; a string as text; a content block, or a list of them, as content;
     *     null as the empty result; anything else as its JSON
     * @return the result
     * @throws IllegalArgumentException if the value has no JSON form
     */
    public static ToolResult from(@Nullable Object value) {
        if (value == null) {
            return EMPTY;
        } else if (value instanceof ToolResult result) {
            return result;
        } else if (value instanceof CharSequence text) {
            return text(text.toString());
        } else if (value instanceof ContentBlock block) {
            return of(block);
        } else if (value instanceof List<?> list
                && !list.isEmpty()
                && list.stream().allMatch(ContentBlock.class::isInstance)) {
            return new ToolResult(list.stream().map(ContentBlock.class::cast).toList(), false);
        }
        return json(value);
    }

    /**
     * This result as the answer to a call.
     *
     * @param toolUseId the id of the call
     * @return the block, for a user turn
     */
    public ToolResultBlock toBlock(String toolUseId) {
        return new ToolResultBlock(
                Objects.requireNonNull(toolUseId, "toolUseId"), content, isError, null, Json.emptyObject());
    }

    /** How much there is, and nothing of it. */
    @Override
    public String toString() {
        return "ToolResult[" + content.size() + " blocks" + (isError ? ", error]" : "]");
    }
}
