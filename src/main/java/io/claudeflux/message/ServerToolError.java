package io.claudeflux.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why a tool of the server gave no result. The model has seen it, too, and the answer goes on.
 *
 * @param errorCode the reason
 * @param errorMessage words for a person; only some tools give them
 * @param extra the fields this version does not know, as one JSON object
 */
public record ServerToolError(
        ServerToolErrorCode errorCode, @Nullable String errorMessage, Json extra)
        implements WebSearchToolResultBlock.Content,
                WebFetchToolResultBlock.Content,
                CodeExecutionToolResultBlock.Content,
                BashCodeExecutionToolResultBlock.Content,
                TextEditorCodeExecutionToolResultBlock.Content,
                ToolSearchToolResultBlock.Content {
    /**
     * Takes any reason.
     *
     * @throws NullPointerException if {@code errorCode} or {@code extra} is null
     */
    public ServerToolError {
        Objects.requireNonNull(errorCode, "errorCode");
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * An error without words.
     *
     * @param errorCode the reason
     */
    public ServerToolError(ServerToolErrorCode errorCode) {
        this(errorCode, null, Json.emptyObject());
    }

    @Override
    public String toString() {
        return "ServerToolError[" + errorCode + "]";
    }
}
