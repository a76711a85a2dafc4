package io.claudeflux.stream;

import io.claudeflux.message.Json;
import java.util.Objects;

/**
 * The signature of a thinking block, shortly before the block stops.
 *
 * @param signature the whole signature
 * @param extra the fields this version does not know, as one JSON object
 */
public record SignatureDelta(String signature, Json extra) implements Delta {
    /** The name on the wire. */
    public static final String TYPE = "signature_delta";

    /**
     * Takes the values as they are.
     *
     * @throws NullPointerException if an argument that is not nullable is null
     */
    public SignatureDelta {
        Objects.requireNonNull(signature, "signature");
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * A delta without unknown fields.
     *
     * @param signature the whole signature
     */
    public SignatureDelta(String signature) {
        this(signature, Json.emptyObject());
    }

    @Override
    public String type() {
        return TYPE;
    }
}
