package io.claudeflux.message;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What code printed that ran in a container.
 *
 * @param toolUseId the id of the {@link ServerToolUseBlock} that this answers
 * @param content what came of the call
 * @param cacheControl a cache breakpoint behind this block; only in requests
 * @param extra the fields this version does not know, as one JSON object
 */
public record CodeExecutionToolResultBlock(
        String toolUseId, Content content, @Nullable CacheControl cacheControl, Json extra)
        implements ContentBlock,
                Cacheable<CodeExecutionToolResultBlock>,
                ServerToolResult<CodeExecutionToolResultBlock.Content> {
    /** The name on the wire. */
    public static final String TYPE = "code_execution_tool_result";

    /**
     * Takes any result.
     *
     * @throws NullPointerException if {@code toolUseId}, {@code content} or {@code extra} is null
     */
    public CodeExecutionToolResultBlock {
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
    public CodeExecutionToolResultBlock(String toolUseId, Content content) {
        this(toolUseId, content, null, Json.emptyObject());
    }

    @Override
    public CodeExecutionToolResultBlock withCacheControl(@Nullable CacheControl cacheControl) {
        return new CodeExecutionToolResultBlock(toolUseId, content, cacheControl, extra);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String toString() {
        return "CodeExecutionToolResultBlock[" + toolUseId + ", " + content + "]";
    }

    /** What came of the call. */
    public sealed interface Content permits ExecutionResult, EncryptedResult, ServerToolError, UnknownContent {}

    /**
     * What code printed, where only the model may read it.
     *
     * @param encryptedStdout what it printed, encrypted; to be sent back to the letter
     * @param stderr the errors it printed
     * @param returnCode 0 if it succeeded
     * @param content the files it wrote
     * @param extra the fields this version does not know, as one JSON object
     */
    public record EncryptedResult(
            String encryptedStdout, String stderr, long returnCode, List<ExecutionOutput> content, Json extra)
            implements Content {
        /**
         * Copies the list.
         *
         * @throws NullPointerException if an argument that is not nullable is null
         */
        public EncryptedResult {
            Objects.requireNonNull(encryptedStdout, "encryptedStdout");
            Objects.requireNonNull(stderr, "stderr");
            Objects.requireNonNull(extra, "extra");
            content = List.copyOf(content);
        }

        @Override
        public String toString() {
            return "EncryptedResult[" + returnCode + ", " + encryptedStdout.length() + " chars, " + content.size()
                    + " files]";
        }
    }
}
