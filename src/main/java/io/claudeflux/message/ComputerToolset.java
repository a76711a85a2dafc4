package io.claudeflux.message;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The tools of a computer: mouse, keyboard and screen, which the application runs.
 *
 * <p>A call arrives as a {@link ToolUseBlock} with the name of the member and the {@code toolsetName} {@code computer}.
 *
 * @param type its name on the wire with its date, such as {@code computer_toolset_20260801}
 * @param configs settings by the name of the member, such as {@code left_click}; empty for none
 * @param cacheControl a cache breakpoint behind this tool
 * @param extra the fields this version does not know, as one JSON object
 */
public record ComputerToolset(
        String type,
        Map<String, MemberConfig> configs,
        @Nullable CacheControl cacheControl,
        Json extra) implements Tool, Cacheable<ComputerToolset> {
    /**
     * Copies the map.
     *
     * @throws NullPointerException if {@code type}, {@code configs} or {@code extra} is null
     */
    public ComputerToolset {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(extra, "extra");
        configs = Collections.unmodifiableMap(new LinkedHashMap<>(configs));
    }

    /**
     * The toolset as this version knows it.
     *
     * @return {@code computer_toolset_20260801}
     */
    public static ComputerToolset latest() {
        return new ComputerToolset("computer_toolset_20260801", Map.of(), null, Json.emptyObject());
    }

    /**
     * The same toolset with other settings.
     *
     * @param configs settings by the name of the member
     * @return a copy
     */
    public ComputerToolset withConfigs(Map<String, MemberConfig> configs) {
        return new ComputerToolset(type, configs, cacheControl, extra);
    }

    @Override
    public @Nullable String name() {
        return null;
    }

    @Override
    public ComputerToolset withCacheControl(@Nullable CacheControl cacheControl) {
        return new ComputerToolset(type, configs, cacheControl, extra);
    }

    @Override
    public String toString() {
        return "ComputerToolset[" + type + "]";
    }
}
