package io.claudeflux.message;

import java.util.Objects;
import java.util.Optional;

/**
 * A place in a document, a search result or a web page that a text refers to.
 *
 * @param type the kind of place, such as {@code char_location} or {@code web_search_result_location}
 * @param raw the whole citation as it came
 */
public record Citation(String type, Json raw) {
    /**
     * Takes any kind of citation.
     *
     * @throws NullPointerException if an argument is null
     */
    public Citation {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(raw, "raw");
    }

    /**
     * The words that are cited.
     *
     * @return {@code cited_text}; empty if the citation has none
     */
    public Optional<String> citedText() {
        return raw.get("cited_text").flatMap(Json::asString);
    }
}
