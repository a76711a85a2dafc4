package io.claudeflux.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Claude asks the application to run a tool.
 *
 * <p>The input may never become valid JSON, see {@link StreamedInput}.
 *
 * @param id the id that the tool result answers
 * @param name the tool's name
 * @param input the arguments, an object
 * @param malformedText the raw input when it is not, or not yet, a JSON object; null when {@code input} is exact
 * @param caller who called it; null if the server did not say
 * @param toolsetName the toolset it is a member of, such as {@code computer}; null for a tool of its own
 * @param cacheControl a cache breakpoint behind this block; only in requests
 * @param extra the fields this version does not know, as one JSON object
 */
public record ToolUseBlock(
        String id,
        String name,
        Json input,
        @Nullable String malformedText,
        @Nullable Caller caller,
        @Nullable String toolsetName,
        @Nullable CacheControl cacheControl,
        Json extra)
        implements ContentBlock, StreamedInput, Cacheable<ToolUseBlock> {
    /** The name on the wire. */
    public static final String TYPE = "tool_use";

    /**
     * Takes any call.
     *
     * @throws NullPointerException if {@code id}, {@code name}, {@code input} or {@code extra} is null
     */
    public ToolUseBlock {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * A call of a tool that is in no toolset.
     *
     * @param id the id that the tool result answers
     * @param name the tool's name
     * @param input the arguments, an object
     * @param malformedText the raw input when it is not a JSON object; null when {@code input} is exact
     * @param cacheControl a cache breakpoint behind this block; only in requests
     * @param extra the fields this version does not know, as one JSON object
     */
    public ToolUseBlock(
            String id,
            String name,
            Json input,
            @Nullable String malformedText,
            @Nullable CacheControl cacheControl,
            Json extra) {
        this(id, name, input, malformedText, null, null, cacheControl, extra);
    }

    /**
     * A call with valid input.
     *
     * @param id the id that the tool result answers
     * @param name the tool's name
     * @param input the arguments, an object
     */
    public ToolUseBlock(String id, String name, Json input) {
        this(id, name, input, null, null, Json.emptyObject());
    }

    @Override
    public ToolUseBlock withInput(Json input, @Nullable String malformedText) {
        return new ToolUseBlock(id, name, input, malformedText, caller, toolsetName, cacheControl, extra);
    }

    @Override
    public ToolUseBlock withCacheControl(@Nullable CacheControl cacheControl) {
        return new ToolUseBlock(id, name, input, malformedText, caller, toolsetName, cacheControl, extra);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String toString() {
        return "ToolUseBlock[" + id + ", " + name + ", " + input + (isInputValid() ? "]" : ", malformed]");
    }
}
