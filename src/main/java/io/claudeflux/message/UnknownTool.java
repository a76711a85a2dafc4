package io.claudeflux.message;

import java.util.Objects;

/**
 * A tool this version has no type for, such as one that the server runs.
 *
 * <pre>{@code
 * UnknownTool.of(Json.parse("{\"type\": \"web_search_20260318\", \"name\": \"web_search\", \"max_uses\": 3}"))
 * }</pre>
 *
 * @param type its name on the wire; empty if it has none
 * @param raw the whole tool
 */
public record UnknownTool(String type, Json raw) implements Tool {
    /**
     * Takes any tool.
     *
     * @throws NullPointerException if an argument is null
     */
    public UnknownTool {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(raw, "raw");
    }

    /**
     * A tool written by hand.
     *
     * @param raw the whole tool, an object
     * @return the tool
     */
    public static UnknownTool of(Json raw) {
        return new UnknownTool(raw.get("type").flatMap(Json::asString).orElse(""), raw);
    }

    @Override
    public String toString() {
        return "UnknownTool[" + type + "]";
    }
}
