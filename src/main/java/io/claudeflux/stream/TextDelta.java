package io.claudeflux.stream;

import io.claudeflux.message.Json;
import java.util.Objects;

/**
 * More text.
 *
 * @param text what is appended to the text block
 * @param extra the fields this version does not know, as one JSON object
 */
public record TextDelta(String text, Json extra) implements Delta {
    /** The name on the wire. */
    public static final String TYPE = "text_delta";

    /**
     * Takes the values as they are.
     *
     * @throws NullPointerException if an argument that is not nullable is null
     */
    public TextDelta {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * A delta without unknown fields.
     *
     * @param text what is appended to the text block
     */
    public TextDelta(String text) {
        this(text, Json.emptyObject());
    }

    @Override
    public String type() {
        return TYPE;
    }
}
