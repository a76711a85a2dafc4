package io.claudeflux.simulator;

import io.claudeflux.message.Json;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A request as the simulator received it, for assertions and for functions that make up an answer.
 *
 * <pre>{@code
 * SimulatedRequest request = claude.requests().get(0);
 * request.header("anthropic-version");      // Optional[2023-06-01]
 * request.body().get("model");              // Optional of the Json "claude-sonnet-5-5"
 * request.prompt();                         // what the user said last
 * request.outcome().block(ofSeconds(1));    // CANCELLED, when the client went away first
 * }</pre>
 *
 * <p>Safe for use by several threads. {@code toString} shows neither key nor prompt.
 */
public final class SimulatedRequest {

    /** How a request's answer ended. */
    public enum Outcome {
        /** The whole answer was written. */
        COMPLETED,
        /** The script, or the end of the simulator, broke it off. */
        BROKEN_OFF,
        /** The client closed the connection before the answer was written. */
        CANCELLED
    }

    private final Target target;
    private final Map<String, List<String>> headers;
    private final String bodyText;
    private final @Nullable Json body;
    private final Instant receivedAt = Instant.now();
    private final Sinks.One<Outcome> outcome = Sinks.one();
    private final String requestId;
    private volatile int status;
    private final AtomicReference<@Nullable Outcome> ended = new AtomicReference<>();

    SimulatedRequest(Target target, Map<String, List<String>> headers, String bodyText, String requestId) {
        this.target = target;
        this.headers = headers;
        this.bodyText = bodyText;
        this.body = parsed(bodyText);
        this.requestId = requestId;
    }

    /** Method, path and query of a request line. */
    record Target(String method, String path, String query) {

        static Target of(String method, String uri) {
            int mark = uri.indexOf('?');
            return mark < 0
                    ? new Target(method, uri, "")
                    : new Target(method, uri.substring(0, mark), uri.substring(mark + 1));
        }
    }

    private static @Nullable Json parsed(String text) {
        try {
            return text.isBlank() ? Json.emptyObject() : Json.parse(text);
        } catch (IllegalArgumentException notJson) {
            return null;
        }
    }

    /**
     * The HTTP method, as {@code POST}.
     *
     * @return the method
     */
    public String method() {
        return target.method();
    }

    /**
     * The path without the query, as {@code /v1/messages}.
     *
     * @return the path
     */
    public String path() {
        return target.path();
    }

    /**
     * The raw query without its question mark; empty when there is none.
     *
     * @return the query
     */
    public String query() {
        return target.query();
    }

    /**
     * All headers, their names in lower case.
     *
     * @return an immutable map
     */
    public Map<String, List<String>> headers() {
        return headers;
    }

    /**
     * The first header of this name, whatever its case.
     *
     * @param name the header's name
     * @return its value
     */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    /**
     * The body; an empty object when there is none.
     *
     * @return the JSON value
     * @throws IllegalStateException when the body is not JSON; {@link #bodyText()} has it then
     */
    public Json body() {
        if (body == null) {
            throw new IllegalStateException("the request body is not JSON; see bodyText()");
        }
        return body;
    }

    /**
     * The body as it came.
     *
     * @return the text
     */
    public String bodyText() {
        return bodyText;
    }

    /**
     * When the whole request had arrived.
     *
     * @return the time
     */
    public Instant receivedAt() {
        return receivedAt;
    }

    /**
     * The id that the answer carries, in its {@code request-id} header and in error bodies.
     *
     * @return the id
     */
    public String requestId() {
        return requestId;
    }

    /**
     * The model asked for; a current one when the body names none.
     *
     * @return the model
     */
    public String model() {
        return member("model").flatMap(Json::asString).orElse("claude-sonnet-5-5");
    }

    /**
     * Whether a stream was asked for.
     *
     * @return true for {@code "stream": true}
     */
    public boolean isStream() {
        return member("stream").map(stream -> stream.text().equals("true")).orElse(false);
    }

    /**
     * The text of the last user message; empty when it has none.
     *
     * @return the text
     */
    public String prompt() {
        return hasObjectBody() ? Prompt.lastUserText(body().toMap()) : "";
    }

    /**
     * The HTTP status it was answered with.
     *
     * @return the status; empty while there is no answer, and for an answer without a byte
     */
    public OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }

    /**
     * Whether the client went away before its answer was written.
     *
     * @return true once it is known to be gone
     */
    public boolean isCancelled() {
        return ended.get() == Outcome.CANCELLED;
    }

    /**
     * How the answer ended: emits once it has, to every subscriber, early or late.
     *
     * @return the outcome, once
     */
    public Mono<Outcome> outcome() {
        return outcome.asMono();
    }

    Optional<Json> member(String name) {
        return hasObjectBody() ? body().get(name) : Optional.empty();
    }

    boolean hasObjectBody() {
        return body != null && body.isObject();
    }

    int estimatedInputTokens() {
        return hasObjectBody() ? Prompt.tokens(body().toMap()) : 1;
    }

    void answeredWith(int newStatus) {
        status = newStatus;
    }

    void end(Outcome how) {
        // Before the signal: who waits for the outcome may ask isCancelled next.
        if (ended.compareAndSet(null, how)) {
            outcome.tryEmitValue(how);
        }
    }

    /** The request line and the size of the body. */
    @Override
    public String toString() {
        return method() + " " + path() + (isStream() ? " (stream, " : " (") + bodyText.length() + " chars)";
    }
}
