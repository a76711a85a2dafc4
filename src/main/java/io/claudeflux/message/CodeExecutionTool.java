package io.claudeflux.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Python and a shell in a container of the server. Its calls arrive under several {@link ServerToolName}s.
 *
 * @param type its name on the wire with its date, such as {@code code_execution_20260521}
 * @param options how it may be called
 * @param cacheControl a cache breakpoint behind this tool
 * @param extra the fields this version does not know, as one JSON object
 */
public record CodeExecutionTool(
        String type, ToolOptions options, @Nullable CacheControl cacheControl, Json extra)
        implements Tool, ConfigurableTool<CodeExecutionTool> {
    /** The name of its calls. */
    public static final String NAME = "code_execution";

    /**
     * Copies the lists.
     *
     * @throws NullPointerException if {@code type}, {@code options} or {@code extra} is null
     */
    public CodeExecutionTool {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * The tool as this version knows it.
     *
     * @return {@code code_execution_20260521}
     */
    public static CodeExecutionTool latest() {
        return new CodeExecutionTool("code_execution_20260521", ToolOptions.none(), null, Json.emptyObject());
    }

    @Override
    public CodeExecutionTool withOptions(ToolOptions options) {
        return new CodeExecutionTool(type, options, cacheControl, extra);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public CodeExecutionTool withCacheControl(@Nullable CacheControl cacheControl) {
        return new CodeExecutionTool(type, options, cacheControl, extra);
    }

    @Override
    public String toString() {
        return "CodeExecutionTool[" + type + "]";
    }
}
