package io.claudeflux.message;

import java.util.Objects;

/**
 * Thoughts that the server encrypted. Goes back to the server to the letter.
 *
 * @param data the encrypted thoughts
 * @param extra the fields this version does not know, as one JSON object
 */
public record RedactedThinkingBlock(String data, Json extra) implements ContentBlock {
    /** The name on the wire. */
    public static final String TYPE = "redacted_thinking";

    /**
     * Takes the data as it is.
     *
     * @throws NullPointerException if an argument is null
     */
    public RedactedThinkingBlock {
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * A block without unknown fields.
     *
     * @param data the encrypted thoughts
     */
    public RedactedThinkingBlock(String data) {
        this(data, Json.emptyObject());
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String toString() {
        return "RedactedThinkingBlock[" + data.length() + " chars]";
    }
}
