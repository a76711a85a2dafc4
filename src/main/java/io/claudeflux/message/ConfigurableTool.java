package io.claudeflux.message;

import java.util.List;

/**
 * A tool with {@link ToolOptions}.
 *
 * <pre>{@code
 * CustomTool tool = new CustomTool("get_tide", "Tides of a port", schema).withStrict(true);
 * }</pre>
 *
 * @param <T> the type of the tool itself
 */
public interface ConfigurableTool<T> extends Cacheable<T> {
    /**
     * How it may be called.
     *
     * @return the options; {@link ToolOptions#none()} by default
     */
    ToolOptions options();

    /**
     * The same tool with other options.
     *
     * @param options how it may be called
     * @return a copy
     */
    T withOptions(ToolOptions options);

    /**
     * The same tool with another strictness. Source: {@code strict}.
     *
     * @param strict whether the input is sure to follow the schema
     * @return a copy
     */
    default T withStrict(boolean strict) {
        return withOptions(options().withStrict(strict));
    }

    /**
     * The same tool, loaded at another time. Source: {@code defer_loading}.
     *
     * @param deferLoading whether the model sees the tool only when a search for tools found it
     * @return a copy
     */
    default T withDeferLoading(boolean deferLoading) {
        return withOptions(options().withDeferLoading(deferLoading));
    }

    /**
     * The same tool for other callers. Source: {@code allowed_callers}.
     *
     * @param callers who may call the tool
     * @return a copy
     */
    default T withAllowedCallers(ToolCaller... callers) {
        return withOptions(options().withAllowedCallers(List.of(callers)));
    }
}
