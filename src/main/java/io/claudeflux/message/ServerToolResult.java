package io.claudeflux.message;

import java.util.Optional;

/**
 * What a tool of the server answered, within the answer of the model.
 *
 * <p>It goes back to the server as it came, what is encrypted in it included.
 *
 * @param <C> what it may hold: the results of its tool, a {@link ServerToolError}, or an {@link UnknownContent}
 */
public sealed interface ServerToolResult<C>
        permits WebSearchToolResultBlock,
                WebFetchToolResultBlock,
                CodeExecutionToolResultBlock,
                BashCodeExecutionToolResultBlock,
                TextEditorCodeExecutionToolResultBlock,
                ToolSearchToolResultBlock {
    /**
     * Which call this answers.
     *
     * @return the id of a {@link ServerToolUseBlock}
     */
    String toolUseId();

    /**
     * What came of the call.
     *
     * @return the results, an error, or something that this version does not know
     */
    C content();

    /**
     * Why the call failed.
     *
     * @return the error; empty if there is none
     */
    default Optional<ServerToolError> error() {
        return content() instanceof ServerToolError error ? Optional.of(error) : Optional.empty();
    }
}
