package io.claudeflux.message;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A tool that the application runs.
 *
 * @param name its name
 * @param description what it does and when to use it, for the model
 * @param inputSchema the JSON schema of its input, an object schema
 * @param eagerInputStreaming whether its input streams unchecked as it is written; null leaves the server's default
 * @param inputExamples examples of its input; empty for none
 * @param options how it may be called
 * @param cacheControl a cache breakpoint behind this tool
 * @param extra the fields this version does not know, as one JSON object
 */
public record CustomTool(
        String name,
        @Nullable String description,
        Json inputSchema,
        @Nullable Boolean eagerInputStreaming,
        List<Json> inputExamples,
        ToolOptions options,
        @Nullable CacheControl cacheControl,
        Json extra)
        implements Tool, ConfigurableTool<CustomTool> {
    /** The name on the wire, which may be left out there. */
    public static final String TYPE = "custom";

    /**
     * Copies the examples.
     *
     * @throws NullPointerException if an argument that is not nullable is null
     */
    public CustomTool {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(inputSchema, "inputSchema");
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(extra, "extra");
        inputExamples = List.copyOf(inputExamples);
    }

    /**
     * A tool with the server's defaults.
     *
     * @param name its name
     * @param description what it does and when to use it
     * @param inputSchema the JSON schema of its input
     * @param cacheControl a cache breakpoint behind this tool
     * @param extra the fields this version does not know, as one JSON object
     */
    public CustomTool(
            String name,
            @Nullable String description,
            Json inputSchema,
            @Nullable CacheControl cacheControl,
            Json extra) {
        this(name, description, inputSchema, null, List.of(), ToolOptions.none(), cacheControl, extra);
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

    /**
     * The same tool with another way of streaming its input.
     *
     * @param eagerInputStreaming whether the input streams unchecked as it is written
     * @return a copy
     */
    public CustomTool withEagerInputStreaming(boolean eagerInputStreaming) {
        return new CustomTool(
                name, description, inputSchema, eagerInputStreaming, inputExamples, options, cacheControl, extra);
    }

    /**
     * The same tool with examples of its input.
     *
     * @param inputExamples the examples, objects; empty for none
     * @return a copy
     */
    public CustomTool withInputExamples(List<Json> inputExamples) {
        return new CustomTool(
                name, description, inputSchema, eagerInputStreaming, inputExamples, options, cacheControl, extra);
    }

    @Override
    public CustomTool withOptions(ToolOptions options) {
        return new CustomTool(
                name, description, inputSchema, eagerInputStreaming, inputExamples, options, cacheControl, extra);
    }

    @Override
    public CustomTool withCacheControl(@Nullable CacheControl cacheControl) {
        return new CustomTool(
                name, description, inputSchema, eagerInputStreaming, inputExamples, options, cacheControl, extra);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String toString() {
        return "CustomTool[" + name + "]";
    }
}
