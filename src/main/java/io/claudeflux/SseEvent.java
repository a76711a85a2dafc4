package io.claudeflux;

import io.claudeflux.error.AdmissionException;
import io.claudeflux.error.ApiException;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.ClockException;
import io.claudeflux.error.PreflightException;
import io.claudeflux.message.Json;
import io.claudeflux.stream.StreamEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An event of an answer as a server-sent event, to hand a stream on to a browser or to another client of this protocol.
 *
 * <p>In a WebFlux controller, which needs nothing but this:
 *
 * <pre>
 * &#64;PostMapping(path = "/chat", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
 * Flux&lt;ServerSentEvent&lt;String&gt;&gt; chat(&#64;RequestBody String question) {
 *     return claude.messages()
 *             .stream(ask(question))
 *             .as(SseEvent::stream)
 *             .map(event -&gt; ServerSentEvent.builder(event.data()).event(event.name()).build());
 * }
 * </pre>
 *
 * <p>The events are those of the API: what reads its streams reads these. A browser that closes the page cancels the
 * request. {@code EventSource} calls again when a stream has ended, which asks, and pays, again: close it at
 * {@code message_stop} and at {@code error}, or read the response of a {@code fetch}.
 *
 * @param name the event's name, such as {@code content_block_delta} or {@code error}
 * @param data its JSON, in one line
 */
public record SseEvent(String name, String data) {
    private static final String ERROR = "error";
    private static final String INTERNAL = "api_error";

    private static final Pattern LINE_END = Pattern.compile("[\r\n\0]");
    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_]{0,63}");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.:-]{1,128}");

    private static final Map<String, String> SENTENCES = Map.of(
            "overloaded_error", "The service is overloaded. Try again in a moment.",
            "rate_limit_error", "Too much is asked of the service right now. Try again later.",
            "timeout_error", "The answer took too long.",
            "request_too_large", "The request is too large.",
            "invalid_request_error", "The request cannot be answered as it is.");

    /**
     * Takes a name and data of one line each.
     *
     * @throws NullPointerException if an argument is null
     * @throws IllegalArgumentException if one of them holds a line end, which would end the event too early
     */
    public SseEvent {
        requireOneLine("name", name);
        requireOneLine("data", data);
    }

    /**
     * An event as the API would send it. One that this version does not know is as it came.
     *
     * @param event the event
     * @return its name on the wire and its JSON
     */
    public static SseEvent of(StreamEvent event) {
        return new SseEvent(oneLine(event.type()), oneLine(Json.of(event).text()));
    }

    /**
     * A failure in the API's envelope, fit to be seen by anyone: the type of the error, a sentence of this library for
     * that type, and the request id. Nothing of what the server said, which may quote the prompt or speak of the
     * account, and nothing of the exception's own message.
     *
     * @param failure what went wrong; what is no {@link ClaudeException} is an {@code api_error}
     * @return an event named {@code error}
     */
    public static SseEvent error(Throwable failure) {
        String type = errorType(failure);
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("type", ERROR);
        Map<String, String> error = new LinkedHashMap<>();
        error.put("type", type);
        error.put("message", SENTENCES.getOrDefault(type, "The answer could not be completed."));
        envelope.put(ERROR, error);
        String requestId = failure instanceof ClaudeException claude ? requestId(claude) : null;
        if (requestId != null) {
            envelope.put("request_id", requestId);
        }
        return new SseEvent(ERROR, Json.of(envelope).text());
    }

    /**
     * A whole stream, its failure included: that becomes the last event, because the status of the response has gone
     * out long ago. Log failures ahead of it, with {@code doOnError}.
     *
     * @param events the events; cold and by demand as they are
     * @return the same events to send on; completes where they fail, behind an {@code error}
     */
    public static Flux<SseEvent> stream(Flux<StreamEvent> events) {
        return events.map(SseEvent::of).onErrorResume(failure -> Mono.just(error(failure)));
    }

    private static String errorType(Throwable failure) {
        if (failure instanceof ApiException api) {
            return TYPE.matcher(api.errorType()).matches() ? api.errorType() : INTERNAL;
        }
        if (failure instanceof ClockException) {
            return "timeout_error";
        }
        if (failure instanceof AdmissionException admission) {
            return admission.reason() == AdmissionException.Reason.CLOSED ? INTERNAL : "overloaded_error";
        }
        return failure instanceof PreflightException ? "invalid_request_error" : INTERNAL;
    }

    private static @Nullable String requestId(ClaudeException failure) {
        return failure.requestId().filter(id -> ID.matcher(id).matches()).orElse(null);
    }

    /** Between the tokens of JSON a line end is white space like any other; within them there is none. */
    private static String oneLine(String text) {
        return isOneLine(text) ? text : LINE_END.matcher(text).replaceAll(" ");
    }

    private static boolean isOneLine(String text) {
        return text.indexOf('\n') < 0 && text.indexOf('\r') < 0 && text.indexOf('\0') < 0;
    }

    private static void requireOneLine(String what, String text) {
        if (!isOneLine(Objects.requireNonNull(text, what))) {
            throw new IllegalArgumentException(what + " must not hold a line end");
        }
    }

    /** Without the data, which holds output of the model. */
    @Override
    public String toString() {
        return "SseEvent[" + name + ", " + data.length() + " chars]";
    }
}
