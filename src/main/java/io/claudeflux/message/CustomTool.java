package io.claudeflux.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A tool that the application runs.
 *
 * @param name its name
 * @param description what it does and when to use it, for the model
 * @param inputSchema the JSON schema of its input, an object schema
 * @param cacheControl a cache breakpoint behind this tool
 * @param extra further fields, such as {@code strict} or {@code defer_loading}, as one JSON object
 */
public record CustomTool(
        String name,
        @Nullable String description,
        Json inputSchema,
        @Nullable CacheControl cacheControl,
        Json extra) implements Tool, Cacheable<CustomTool> {
    /**
     * Takes any schema.
     *
     * @throws NullPointerException if {@code name}, {@code inputSchema} or {@code extra} is null
     */
    public CustomTool {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(inputSchema, "inputSchema");
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * A tool without further fields.
     *
     * @param name its name
     * @param description what it does and when to use it
     * @param inputSchema the JSON schema of its input
     */
    public CustomTool(String name, String description, Json inputSchema) {
        this(name, description, inputSchema, null, Json.emptyObject());
    }

    @Override
    public CustomTool withCacheControl(@Nullable CacheControl cacheControl) {
        return new CustomTool(name, description, inputSchema, cacheControl, extra);
    }

    @Override
    public String toString() {
        return "CustomTool[" + name + "]";
    }
}
