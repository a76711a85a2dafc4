package io.claudeflux.message;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a tool answered, in a user turn.
 *
 * @param toolUseId the id of the {@link ToolUseBlock} that this answers
 * @param content the answer; empty if the tool has nothing to say
 * @param isError whether the tool failed
 * @param toolsetName the toolset of the tool that answers; null for a tool of its own
 * @param cacheControl a cache breakpoint behind this block
 * @param extra the fields this version does not know, as one JSON object
 */
public record ToolResultBlock(
        String toolUseId,
        List<ContentBlock> content,
        boolean isError,
        @Nullable String toolsetName,
        @Nullable CacheControl cacheControl,
        Json extra)
        implements ContentBlock, Cacheable<ToolResultBlock> {
    /** The name on the wire. */
    public static final String TYPE = "tool_result";

    /**
     * Copies the content.
     *
     * @throws NullPointerException if {@code toolUseId}, {@code content} or {@code extra} is null
     */
    public ToolResultBlock {
        Objects.requireNonNull(toolUseId, "toolUseId");
        Objects.requireNonNull(extra, "extra");
        content = List.copyOf(content);
    }

    /**
     * An answer of a tool that is in no toolset.
     *
     * @param toolUseId the id of the call
     * @param content the answer; empty if the tool has nothing to say
     * @param isError whether the tool failed
     * @param cacheControl a cache breakpoint behind this block
     * @param extra the fields this version does not know, as one JSON object
     */
    public ToolResultBlock(
            String toolUseId,
            List<ContentBlock> content,
            boolean isError,
            @Nullable CacheControl cacheControl,
            Json extra) {
        this(toolUseId, content, isError, null, cacheControl, extra);
    }

    /**
     * A successful answer in text.
     *
     * @param toolUseId the id of the call
     * @param text the answer
     * @return the block
     */
    public static ToolResultBlock of(String toolUseId, String text) {
        return new ToolResultBlock(toolUseId, List.of(new TextBlock(text)), false, null, Json.emptyObject());
    }

    /**
     * A failure, told to the model so that it can react.
     *
     * @param toolUseId the id of the call
     * @param message what went wrong
     * @return the block
     */
    public static ToolResultBlock error(String toolUseId, String message) {
        return new ToolResultBlock(toolUseId, List.of(new TextBlock(message)), true, null, Json.emptyObject());
    }

    /**
     * The same answer of a tool in a toolset.
     *
     * @param toolsetName the {@link ToolUseBlock#toolsetName()} of the call; null for a tool of its own
     * @return a copy
     */
    public ToolResultBlock withToolsetName(@Nullable String toolsetName) {
        return new ToolResultBlock(toolUseId, content, isError, toolsetName, cacheControl, extra);
    }

    @Override
    public ToolResultBlock withCacheControl(@Nullable CacheControl cacheControl) {
        return new ToolResultBlock(toolUseId, content, isError, toolsetName, cacheControl, extra);
    }

    @Override
    public String type() {
        return TYPE;
    }
}
