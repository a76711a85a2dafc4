package io.claudeflux.message;

import java.util.Objects;

/**
 * How large the input of a request is.
 *
 * @param inputTokens all tokens the model would read: instructions, tools and conversation. The server's estimate; the
 *     usage of an answer may differ by a little
 * @param extra the fields this version does not know, such as {@code context_management}, as one JSON object
 */
public record TokenCount(long inputTokens, Json extra) {
    /**
     * Takes the number as it is.
     *
     * @throws NullPointerException if {@code extra} is null
     */
    public TokenCount {
        Objects.requireNonNull(extra, "extra");
    }
}
