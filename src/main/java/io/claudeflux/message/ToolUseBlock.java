package io.claudeflux.message;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Claude asks the application to run a tool.
 *
 * <p>The input streams in pieces and may never become valid JSON: {@code max_tokens} can cut it, and eager input
 * streaming does not check it. Nothing is thrown away then: {@link #input()} is an object all the same,
 * {@link #isInputValid()} is false, and {@link #malformedInput()} is the text as it arrived. In a snapshot of a block
 * that is still streaming, {@code input} holds what can be read so far.
 *
 * @param id the id that the tool result answers
 * @param name the tool's name
 * @param input the arguments, an object
 * @param malformedText the raw input when it is not, or not yet, a JSON object; null when {@code input} is exact
 * @param cacheControl a cache breakpoint behind this block; only in requests
 * @param extra the fields this version does not know, such as {@code caller}, as one JSON object
 */
public record ToolUseBlock(
        String id,
        String name,
        Json input,
        @Nullable String malformedText,
        @Nullable CacheControl cacheControl,
        Json extra)
        implements ContentBlock, Cacheable<ToolUseBlock> {
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
     * A call with valid input.
     *
     * @param id the id that the tool result answers
     * @param name the tool's name
     * @param input the arguments, an object
     */
    public ToolUseBlock(String id, String name, Json input) {
        this(id, name, input, null, null, Json.emptyObject());
    }

    /**
     * Whether {@link #input()} is exactly what the model wrote.
     *
     * @return false if the text was cut or is not a JSON object
     */
    public boolean isInputValid() {
        return malformedText == null;
    }

    /**
     * The raw input of a call whose input is not a JSON object.
     *
     * @return the text as it arrived; empty if the input is valid
     */
    public Optional<String> malformedInput() {
        return Optional.ofNullable(malformedText);
    }

    @Override
    public ToolUseBlock withCacheControl(@Nullable CacheControl cacheControl) {
        return new ToolUseBlock(id, name, input, malformedText, cacheControl, extra);
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
