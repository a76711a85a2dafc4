package io.claudeflux.message;

import java.util.Objects;

/**
 * What the model thought, signed by the server.
 *
 * <p>Goes back to the server to the letter: a changed text or signature is refused. With {@code display: omitted} the
 * text is empty and the signature still comes.
 *
 * @param thinking the thoughts, possibly a summary, possibly empty
 * @param signature the server's signature; empty while the block is still streaming
 * @param extra the fields this version does not know, as one JSON object
 */
public record ThinkingBlock(String thinking, String signature, Json extra) implements ContentBlock {
    /** The name on the wire. */
    public static final String TYPE = "thinking";

    /**
     * Takes thoughts and signature as they are.
     *
     * @throws NullPointerException if an argument is null
     */
    public ThinkingBlock {
        Objects.requireNonNull(thinking, "thinking");
        Objects.requireNonNull(signature, "signature");
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * A block without unknown fields.
     *
     * @param thinking the thoughts
     * @param signature the server's signature
     */
    public ThinkingBlock(String thinking, String signature) {
        this(thinking, signature, Json.emptyObject());
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String toString() {
        return "ThinkingBlock[" + thinking.length() + " chars, signature " + signature.length() + " chars]";
    }
}
