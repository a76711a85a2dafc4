package io.claudeflux.message;

import java.util.Objects;

/**
 * A result of a server's tool in a form this version does not know. Goes back to the server as it came.
 *
 * @param raw the whole content as it came
 */
public record UnknownContent(Json raw)
        implements WebSearchToolResultBlock.Content,
                WebFetchToolResultBlock.Content,
                CodeExecutionToolResultBlock.Content,
                BashCodeExecutionToolResultBlock.Content,
                TextEditorCodeExecutionToolResultBlock.Content,
                ToolSearchToolResultBlock.Content {
    /**
     * Takes any content.
     *
     * @throws NullPointerException if the argument is null
     */
    public UnknownContent {
        Objects.requireNonNull(raw, "raw");
    }
}
