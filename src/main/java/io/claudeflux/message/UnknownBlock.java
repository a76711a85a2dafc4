package io.claudeflux.message;

import java.util.Objects;

/**
 * A block this version has no type for: server tools and their results, beta blocks, and whatever the server will add.
 * Goes back to the server as it came.
 *
 * @param type its name on the wire; empty if it has none
 * @param raw the whole block as it came
 */
public record UnknownBlock(String type, Json raw) implements ContentBlock {
    /**
     * Takes any block.
     *
     * @throws NullPointerException if an argument is null
     */
    public UnknownBlock {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(raw, "raw");
    }

    /**
     * A block written by hand, for types that this version does not offer.
     *
     * @param raw the whole block, an object with a {@code type}
     * @return the block
     * @throws IllegalArgumentException if it has no {@code type}
     */
    public static UnknownBlock of(Json raw) {
        String type = raw.get("type")
                .flatMap(Json::asString)
                .orElseThrow(() -> new IllegalArgumentException("a content block must be an object with a \"type\""));
        return new UnknownBlock(type, raw);
    }
}
