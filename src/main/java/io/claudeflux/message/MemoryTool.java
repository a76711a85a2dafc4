package io.claudeflux.message;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Files that the application keeps for the model between conversations; the API defines its input.
 *
 * @param type its name on the wire with its date, such as {@code memory_20250818}
 * @param inputExamples examples of its input; empty for none
 * @param options how it may be called
 * @param cacheControl a cache breakpoint behind this tool
 * @param extra the fields this version does not know, as one JSON object
 */
public record MemoryTool(
        String type,
        List<Json> inputExamples,
        ToolOptions options,
        @Nullable CacheControl cacheControl,
        Json extra) implements Tool, ConfigurableTool<MemoryTool> {
    /** The name of its calls. */
    public static final String NAME = "memory";

    /**
     * Copies the lists.
     *
     * @throws NullPointerException if an argument that is not nullable is null
     */
    public MemoryTool {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(extra, "extra");
        inputExamples = List.copyOf(inputExamples);
    }

    /**
     * The tool as this version knows it.
     *
     * @return {@code memory_20250818}
     */
    public static MemoryTool latest() {
        return new MemoryTool("memory_20250818", List.of(), ToolOptions.none(), null, Json.emptyObject());
    }

    /**
     * The same tool with examples of its input.
     *
     * @param inputExamples the examples, objects; empty for none
     * @return a copy
     */
    public MemoryTool withInputExamples(List<Json> inputExamples) {
        return new MemoryTool(type, inputExamples, options, cacheControl, extra);
    }

    @Override
    public MemoryTool withOptions(ToolOptions options) {
        return new MemoryTool(type, inputExamples, options, cacheControl, extra);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public MemoryTool withCacheControl(@Nullable CacheControl cacheControl) {
        return new MemoryTool(type, inputExamples, options, cacheControl, extra);
    }

    @Override
    public String toString() {
        return "MemoryTool[" + type + "]";
    }
}
