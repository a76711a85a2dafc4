package io.claudeflux.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a shell command printed that ran in a container.
 *
 * @param toolUseId the id of the {@link ServerToolUseBlock} that this answers
 * @param content what came of the call
 * @param cacheControl a cache breakpoint behind this block; only in requests
 * @param extra the fields this version does not know, as one JSON object
 */
public record BashCodeExecutionToolResultBlock(
        String toolUseId, Content content, @Nullable CacheControl cacheControl, Json extra)
        implements ContentBlock,
                Cacheable<BashCodeExecutionToolResultBlock>,
                ServerToolResult<BashCodeExecutionToolResultBlock.Content> {
    /** The name on the wire. */
    public static final String TYPE = "bash_code_execution_tool_result";

    /**
     * Takes any result.
     *
     * @throws NullPointerException if {@code toolUseId}, {@code content} or {@code extra} is null
     */
    public BashCodeExecutionToolResultBlock {
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
    public BashCodeExecutionToolResultBlock(String toolUseId, Content content) {
        this(toolUseId, content, null, Json.emptyObject());
    }

    @Override
    public BashCodeExecutionToolResultBlock withCacheControl(@Nullable CacheControl cacheControl) {
        return new BashCodeExecutionToolResultBlock(toolUseId, content, cacheControl, extra);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String toString() {
        return "BashCodeExecutionToolResultBlock[" + toolUseId + ", " + content + "]";
    }

    /** What came of the call. */
    public sealed interface Content permits ExecutionResult, ServerToolError, UnknownContent {}
}
