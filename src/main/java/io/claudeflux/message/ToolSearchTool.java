package io.claudeflux.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A search of the server among the tools whose loading is deferred.
 *
 * @param type its name on the wire with its date, such as {@code tool_search_tool_bm25_20251119}
 * @param name the name of its calls
 * @param options how it may be called
 * @param cacheControl a cache breakpoint behind this tool
 * @param extra the fields this version does not know, as one JSON object
 */
public record ToolSearchTool(
        String type,
        String name,
        ToolOptions options,
        @Nullable CacheControl cacheControl,
        Json extra) implements Tool, ConfigurableTool<ToolSearchTool> {
    /**
     * Takes the values as they are.
     *
     * @throws NullPointerException if an argument that is not nullable is null
     */
    public ToolSearchTool {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * A search by words, as this version knows it.
     *
     * @return {@code tool_search_tool_bm25_20251119}
     */
    public static ToolSearchTool bm25() {
        return of("tool_search_tool_bm25");
    }

    /**
     * A search by regular expressions, as this version knows it.
     *
     * @return {@code tool_search_tool_regex_20251119}
     */
    public static ToolSearchTool regex() {
        return of("tool_search_tool_regex");
    }

    private static ToolSearchTool of(String name) {
        return new ToolSearchTool(name + "_20251119", name, ToolOptions.none(), null, Json.emptyObject());
    }

    @Override
    public ToolSearchTool withOptions(ToolOptions options) {
        return new ToolSearchTool(type, name, options, cacheControl, extra);
    }

    @Override
    public ToolSearchTool withCacheControl(@Nullable CacheControl cacheControl) {
        return new ToolSearchTool(type, name, options, cacheControl, extra);
    }

    @Override
    public String toString() {
        return "ToolSearchTool[" + type + "]";
    }
}
