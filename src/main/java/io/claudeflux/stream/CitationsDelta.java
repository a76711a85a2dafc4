package io.claudeflux.stream;

import io.claudeflux.message.Citation;
import io.claudeflux.message.Json;
import java.util.Objects;

/**
 * One more citation of a text block.
 *
 * @param citation what is appended to the block's citations
 * @param extra the fields this version does not know, as one JSON object
 */
public record CitationsDelta(Citation citation, Json extra) implements Delta {
    /** The name on the wire. */
    public static final String TYPE = "citations_delta";

    /**
     * Takes the values as they are.
     *
     * @throws NullPointerException if an argument that is not nullable is null
     */
    public CitationsDelta {
        Objects.requireNonNull(citation, "citation");
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * A delta without unknown fields.
     *
     * @param citation what is appended to the block's citations
     */
    public CitationsDelta(Citation citation) {
        this(citation, Json.emptyObject());
    }

    @Override
    public String type() {
        return TYPE;
    }
}
