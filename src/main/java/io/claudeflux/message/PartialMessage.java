package io.claudeflux.message;

import java.util.List;
import java.util.Objects;

/**
 * The message so far, when a stream broke before its end.
 *
 * @param message what had arrived: finished blocks, and open ones as far as they got; its usage is what the server had
 *     said by then
 * @param openBlocks the indices of the blocks that were not finished, into {@code message.content()}
 * @param isTruncated whether the text was longer than the client keeps for this purpose (1 Mi characters by default),
 *     so that later text is missing here although it was delivered
 */
public record PartialMessage(Message message, List<Integer> openBlocks, boolean isTruncated) {
    /**
     * Copies the indices.
     *
     * @throws NullPointerException if {@code message} or {@code openBlocks} is null
     */
    public PartialMessage {
        Objects.requireNonNull(message, "message");
        openBlocks = List.copyOf(openBlocks);
    }

    /**
     * The text so far.
     *
     * @return the text of all text blocks, the open one included
     */
    public String text() {
        return message.text();
    }
}
