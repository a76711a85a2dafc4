package io.claudeflux.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A tool this version has no type for, such as one of a beta feature.
 *
 * <pre>{@code
 * UnknownTool.of(Json.parse("{\"type\": \"mcp_toolset\", \"mcp_server_name\": \"tides\"}"))
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

    /** Looked up in the raw tool at each call. */
    @Override
    public @Nullable String name() {
        return raw.get("name").flatMap(Json::asString).orElse(null);
    }

    @Override
    public String toString() {
        return "UnknownTool[" + type + "]";
    }
}
