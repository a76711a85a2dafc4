package io.claudeflux.message;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A shell that the application runs; the API defines its input.
 *
 * @param type its name on the wire with its date, such as {@code bash_20250124}
 * @param inputExamples examples of its input; empty for none
 * @param options how it may be called
 * @param cacheControl a cache breakpoint behind this tool
 * @param extra the fields this version does not know, as one JSON object
 */
public record BashTool(
        String type,
        List<Json> inputExamples,
        ToolOptions options,
        @Nullable CacheControl cacheControl,
        Json extra) implements Tool, ConfigurableTool<BashTool> {
    /** The name of its calls. */
    public static final String NAME = "bash";

    /**
     * Copies the lists.
     *
     * @throws NullPointerException if an argument that is not nullable is null
     */
    public BashTool {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(extra, "extra");
        inputExamples = List.copyOf(inputExamples);
    }

    /**
     * The tool as this version knows it.
     *
     * @return {@code bash_20250124}
     */
    public static BashTool latest() {
        return new BashTool("bash_20250124", List.of(), ToolOptions.none(), null, Json.emptyObject());
    }

    /**
     * The same tool with examples of its input.
     *
     * @param inputExamples the examples, objects; empty for none
     * @return a copy
     */
    public BashTool withInputExamples(List<Json> inputExamples) {
        return new BashTool(type, inputExamples, options, cacheControl, extra);
    }

    @Override
    public BashTool withOptions(ToolOptions options) {
        return new BashTool(type, inputExamples, options, cacheControl, extra);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public BashTool withCacheControl(@Nullable CacheControl cacheControl) {
        return new BashTool(type, inputExamples, options, cacheControl, extra);
    }

    @Override
    public String toString() {
        return "BashTool[" + type + "]";
    }
}
