package io.claudeflux.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Claude asks the server to run one of its tools; the result stands in the same answer.
 *
 * <p>After a {@link StopReason#PAUSE_TURN} the result may be missing: send the answer back as it is to get it.
 *
 * @param id the id that the result answers
 * @param name the tool
 * @param input the arguments, an object
 * @param malformedText the raw input when it is not, or not yet, a JSON object; null when {@code input} is exact
 * @param caller who called the tool; null if the server did not say
 * @param cacheControl a cache breakpoint behind this block; only in requests
 * @param extra the fields this version does not know, as one JSON object
 */
public record ServerToolUseBlock(
        String id,
        ServerToolName name,
        Json input,
        @Nullable String malformedText,
        @Nullable Caller caller,
        @Nullable CacheControl cacheControl,
        Json extra)
        implements ContentBlock, StreamedInput, Cacheable<ServerToolUseBlock> {
    /** The name on the wire. */
    public static final String TYPE = "server_tool_use";

    /**
     * Takes any call.
     *
     * @throws NullPointerException if an argument that is not nullable is null
     */
    public ServerToolUseBlock {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * A call with valid input.
     *
     * @param id the id that the result answers
     * @param name the tool
     * @param input the arguments, an object
     */
    public ServerToolUseBlock(String id, ServerToolName name, Json input) {
        this(id, name, input, null, null, null, Json.emptyObject());
    }

    @Override
    public ServerToolUseBlock withInput(Json input, @Nullable String malformedText) {
        return new ServerToolUseBlock(id, name, input, malformedText, caller, cacheControl, extra);
    }

    @Override
    public ServerToolUseBlock withCacheControl(@Nullable CacheControl cacheControl) {
        return new ServerToolUseBlock(id, name, input, malformedText, caller, cacheControl, extra);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String toString() {
        return "ServerToolUseBlock[" + id + ", " + name + ", " + input + (isInputValid() ? "]" : ", malformed]");
    }
}
