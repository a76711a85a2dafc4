package io.claudeflux.message;

/**
 * One piece of a turn: text, an image, a document, thinking, a call of a tool or its result, or something this version
 * does not know.
 *
 * <p>The same types serve both directions: a block of an answer can stand in the next request as it is, and goes back
 * to the server as it came, unknown fields included. Blocks of beta features, and those of a known type whose fields
 * are not as they should be, are {@link UnknownBlock}s and make the round trip untouched.
 */
public sealed interface ContentBlock
        permits TextBlock,
                ImageBlock,
                DocumentBlock,
                SearchResultBlock,
                ContainerUploadBlock,
                ThinkingBlock,
                RedactedThinkingBlock,
                ToolUseBlock,
                ToolResultBlock,
                ToolReferenceBlock,
                BrowserStateBlock,
                ServerToolUseBlock,
                WebSearchToolResultBlock,
                WebFetchToolResultBlock,
                CodeExecutionToolResultBlock,
                BashCodeExecutionToolResultBlock,
                TextEditorCodeExecutionToolResultBlock,
                ToolSearchToolResultBlock,
                UnknownBlock {
    /**
     * The block's name on the wire, such as {@code text} or {@code tool_use}.
     *
     * @return the {@code type} of the block
     */
    String type();
}
