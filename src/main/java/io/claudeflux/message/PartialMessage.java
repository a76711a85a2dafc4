package io.claudeflux.message;

import java.util.List;
import java.util.Objects;

/**
 * The message so far, when a stream broke before its end.
 *
 * @param message what had arrived: finished blocks, and open ones as far as they got; its usage is what the server had
 *     said by then, which is next to nothing of the output
 * @param openBlocks the indices of the blocks that were not finished, into {@code message.content()}
 * @param isTruncated whether the text was longer than the client keeps for this purpose (1 Mi characters by default),
 *     so that later text is missing here although it was delivered
 * @param usage what the message had consumed, its output estimated from all text that arrived, also from text that is
 *     missing here, unless the server's final count had come
 */
public record PartialMessage(Message message, List<Integer> openBlocks, boolean isTruncated, UsageReport usage) {
    /**
     * Copies the indices.
     *
     * @throws NullPointerException if {@code message}, {@code openBlocks} or {@code usage} is null
     */
    public PartialMessage {
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(usage, "usage");
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
