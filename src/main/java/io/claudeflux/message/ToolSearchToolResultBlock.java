package io.claudeflux.message;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The deferred tools that a search found; from here on the model can call them.
 *
 * @param toolUseId the id of the {@link ServerToolUseBlock} that this answers
 * @param content what came of the call
 * @param cacheControl a cache breakpoint behind this block; only in requests
 * @param extra the fields this version does not know, as one JSON object
 */
public record ToolSearchToolResultBlock(
        String toolUseId, Content content, @Nullable CacheControl cacheControl, Json extra)
        implements ContentBlock,
                Cacheable<ToolSearchToolResultBlock>,
                ServerToolResult<ToolSearchToolResultBlock.Content> {
    /** The name on the wire. */
    public static final String TYPE = "tool_search_tool_result";

    /**
     * Takes any result.
     *
     * @throws NullPointerException if {@code toolUseId}, {@code content} or {@code extra} is null
     */
    public ToolSearchToolResultBlock {
        Objects.requireNonNull(toolUseId, "toolUseId");
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * A result without further fields.
     *
     * @param toolUseId the id of the call
     * @param content what came of it
     */
    public ToolSearchToolResultBlock(String toolUseId, Content content) {
        this(toolUseId, content, null, Json.emptyObject());
    }

    @Override
    public ToolSearchToolResultBlock withCacheControl(@Nullable CacheControl cacheControl) {
        return new ToolSearchToolResultBlock(toolUseId, content, cacheControl, extra);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String toString() {
        return "ToolSearchToolResultBlock[" + toolUseId + ", " + content + "]";
    }

    /** What came of the call. */
    public sealed interface Content permits References, ServerToolError, UnknownContent {}

    /**
     * The tools that were found.
     *
     * @param toolReferences the tools
     * @param extra the fields this version does not know, as one JSON object
     */
    public record References(List<ToolReferenceBlock> toolReferences, Json extra) implements Content {
        /**
         * Copies the list.
         *
         * @throws NullPointerException if an argument is null
         */
        public References {
            Objects.requireNonNull(extra, "extra");
            toolReferences = List.copyOf(toolReferences);
        }
    }
}
