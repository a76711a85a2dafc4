package io.claudeflux.message;

/**
 * One piece of a turn: text, an image, a document, thinking, a tool call or its result, or something this version does
 * not know.
 *
 * <p>The same types serve both directions: a block of an answer can stand in the next request as it is, and goes back
 * to the server as it came, unknown fields included. Server-tool calls and their results arrive as {@link UnknownBlock}
 * and make the round trip untouched.
 */
public sealed interface ContentBlock
        permits TextBlock,
                ImageBlock,
                DocumentBlock,
                ThinkingBlock,
                RedactedThinkingBlock,
                ToolUseBlock,
                ToolResultBlock,
                UnknownBlock {
    /**
     * The block's name on the wire, such as {@code text} or {@code tool_use}.
     *
     * @return the {@code type} of the block
     */
    String type();
}
