package io.claudeflux.internal.json;

import io.claudeflux.error.FailureContext;
import io.claudeflux.error.StreamException;
import io.claudeflux.error.StreamException.Fault;
import io.claudeflux.error.StreamException.Kind;
import io.claudeflux.internal.sse.SseFrame;
import io.claudeflux.message.Json;
import io.claudeflux.message.ResponseMetadata;
import io.claudeflux.stream.StreamEvent;
import io.claudeflux.stream.UnknownEvent;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;

/**
 * Frames to events, for one response.
 *
 * <p>The type in the JSON decides; the frame's name counts only where the JSON has none. What this version does not
 * know stays as raw JSON. {@code error} events come out as {@link UnknownEvent}s of that name: what they mean is the
 * protocol's business.
 */
public final class EventReader {
    private static final int DEPTH = 200;

    private final ResponseMetadata response;
    private final HotFrame hot = new HotFrame();

    /**
     * A reader for the events of one response.
     *
     * @param response its head, which goes along with {@code message_start}
     */
    public EventReader(ResponseMetadata response) {
        this.response = response;
    }

    /**
     * Reads a frame.
     *
     * @param frame the frame
     * @return its event, or null for a frame without data
     * @throws StreamException PROTOCOL if the data is not the JSON of an event, LIMIT if it exceeds the parser's bounds
     */
    public @Nullable StreamEvent read(SseFrame frame) {
        String data = frame.data();
        if (data.isBlank()) {
            return null;
        }
        StreamEvent delta = HotDelta.read(data);
        return delta != null ? delta : readAny(frame, data);
    }

    /**
     * Reads a frame of the usual kinds and spelling from its bytes.
     *
     * @param bytes hold it, and may be written over up to its end
     * @param from where it begins
     * @param end the end of what may be looked at
     * @return the event that the frame is by the other way too; null if it has to go that way
     */
    public @Nullable StreamEvent read(byte[] bytes, int from, int end) {
        return hot.read(bytes, from, end);
    }

    /**
     * Where that frame ended.
     *
     * @return the index behind its blank line
     */
    public int behind() {
        return hot.behind();
    }

    /**
     * Whether a text is one whole JSON object, which is what makes an unfinished frame at the end of a body worth
     * reading.
     *
     * @param data the text
     * @return true for a complete object
     */
    public static boolean isWholeObject(String data) {
        try {
            Slices.members(data);
            return true;
        } catch (JacksonException | MalformedJsonException incomplete) {
            return false;
        }
    }

    private StreamEvent readAny(SseFrame frame, String data) {
        Map<String, Json> members;
        try {
            members = Slices.members(data);
        } catch (StreamConstraintsException tooMuch) {
            throw limit(tooMuch);
        } catch (JacksonException | MalformedJsonException notAnObject) {
            if (frame.event().equals(Events.ERROR)) {
                // Something in between reports in words; they are the message of the error.
                return new UnknownEvent(Events.ERROR, Json.of(data));
            }
            throw notAnEvent(
                    data, isObject(data) || notAnObject instanceof JacksonException ? "bad_json" : "not_an_object");
        }
        try {
            return Events.read(Json.trusted(data), members, frame.event(), response);
        } catch (StreamConstraintsException tooMuch) {
            throw limit(tooMuch);
        } catch (MalformedJsonException malformed) {
            throw new StreamException(
                    new Fault(Kind.PROTOCOL, "malformed", data),
                    "an event of the stream lacks what it must have: " + malformed.getMessage(),
                    null,
                    FailureContext.attempted(false));
        } catch (IllegalArgumentException beyondTheBounds) {
            // Json looks into single values; that they are JSON was seen above, so one of them is too long.
            throw limit("json_size");
        }
    }

    /** What begins as an object and is none has something behind it that is no JSON. */
    private static boolean isObject(String data) {
        return data.stripLeading().startsWith("{");
    }

    /** The parser's own message may quote the data, so it is not passed on. */
    private static StreamException notAnEvent(String data, String reason) {
        return new StreamException(
                new Fault(Kind.PROTOCOL, reason, data),
                reason.equals("bad_json")
                        ? "an event of the stream is not valid JSON; something between the API and this client may have changed it"
                        : "an event of the stream is JSON but not an object",
                null,
                FailureContext.attempted(false));
    }

    private static StreamException limit(StreamConstraintsException tooMuch) {
        return limit(String.valueOf(tooMuch.getMessage()).contains("depth") ? "json_depth" : "json_size");
    }

    private static StreamException limit(String reason) {
        return new StreamException(
                Fault.of(Kind.LIMIT, reason),
                reason.equals("json_depth")
                        ? "an event of the stream nests deeper than " + DEPTH + " levels"
                        : "an event of the stream holds a string, name or number longer than the parser's bounds",
                null,
                FailureContext.attempted(false));
    }
}
