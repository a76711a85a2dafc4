package io.claudeflux.message;

import java.util.Objects;

/**
 * What a message consumed, as far as is known.
 *
 * <p>The server counts the output only when the message ends. Until then {@link Usage#outputTokens()} here is the last
 * count it reported plus an estimate for the content that arrived behind that. For English prose of more than a few
 * sentences the estimate is typically within a third of the truth. It is too high for scripts with several characters a
 * token, such as Cyrillic, and too low for tool calls, of which only the input is counted: by some dozens of tokens for
 * each. Tokens whose text never comes cannot be estimated at all: thinking that is omitted, summarised or encrypted is
 * missing, and the truth may be several times as much. The input counters are always the server's; a server that tells
 * them only at the end leaves zeros until then.
 *
 * @param usage the counters, the output among them never below what the server reported last
 * @param isExact whether the server's final counters have arrived, in a {@code message_delta} that came with a stop
 *     reason or behind one; then nothing in {@code usage} is estimated
 */
public record UsageReport(Usage usage, boolean isExact) {
    /**
     * Takes the counters as they are.
     *
     * @throws NullPointerException if {@code usage} is null
     */
    public UsageReport {
        Objects.requireNonNull(usage, "usage");
    }
}
