package io.claudeflux.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a tool may be called and how the model gets to know it: the settings that nearly all tools share.
 *
 * @param strict whether the input is sure to follow the schema; null leaves the server's default
 * @param deferLoading whether the model sees the tool only when a search for tools found it; null leaves the default,
 *     at once
 * @param allowedCallers who may call it; empty leaves the default, the model itself
 */
public record ToolOptions(
        @Nullable Boolean strict, @Nullable Boolean deferLoading, List<ToolCaller> allowedCallers) {
    /**
     * Copies the list.
     *
     * @throws NullPointerException if {@code allowedCallers} is null
     */
    public ToolOptions {
        allowedCallers = List.copyOf(allowedCallers);
    }

    private static final ToolOptions NONE = new ToolOptions(null, null, List.of());

    /**
     * The server's defaults.
     *
     * @return options that set nothing
     */
    public static ToolOptions none() {
        return NONE;
    }

    /**
     * The same options with another strictness.
     *
     * @param strict whether the input is sure to follow the schema; null for the default
     * @return a copy
     */
    public ToolOptions withStrict(@Nullable Boolean strict) {
        return new ToolOptions(strict, deferLoading, allowedCallers);
    }

    /**
     * The same options, loaded at another time.
     *
     * @param deferLoading whether the tool has to be searched for; null for the default
     * @return a copy
     */
    public ToolOptions withDeferLoading(@Nullable Boolean deferLoading) {
        return new ToolOptions(strict, deferLoading, allowedCallers);
    }

    /**
     * The same options for other callers.
     *
     * @param allowedCallers who may call the tool; empty for the default
     * @return a copy
     */
    public ToolOptions withAllowedCallers(List<ToolCaller> allowedCallers) {
        return new ToolOptions(strict, deferLoading, allowedCallers);
    }
}
