package io.claudeflux.simulator;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.reactivestreams.Publisher;

/**
 * What the simulator answers to one request: content, plus how it travels and what goes wrong on the way.
 *
 * <p>Start from a factory method (statically imported), then refine; every method returns a new value.
 *
 * <pre>{@code
 * reply("Hello!")                                                 // a text answer
 * reply(thinking("Let me look."), toolUse("clock", Map.of()))     // blocks in this order, stop reason tool_use
 * reply("Once upon a time").drip(Duration.ofMillis(50))           // 50 ms between deltas
 * reply("one two three").cut().afterEvents(4)                     // connection lost in the middle
 * reply("one two three").errorInStream("overloaded_error").afterEvents(3)
 * reply("one two three").stall(Duration.ofSeconds(2)).afterEvents(3).stall().atEnd()
 * reply("héllo 🌊").oneByteChunks()                               // torn apart in every character
 * error(529)                                                      // refused by status
 * error(429).retryAfter(Duration.ofSeconds(3)).code("ramp_limit_exceeded")
 * raw(recordedStream)                                             // a recording, or anything that must not be legal
 * }</pre>
 *
 * <h2>Where faults strike</h2>
 *
 * A text reply sends {@code message_start}, then {@code content_block_start}, deltas and {@code content_block_stop} for
 * every block, then {@code message_delta} and {@code message_stop}. {@link #afterEvents} counts these events, and the
 * pings of {@link #pingEvery(int)} with them. A fault strikes before the first event unless it is moved; a fault
 * further away than the answer is long never strikes. Faults at one place strike in the order of their scripting.
 *
 * <p>When the request does not ask for a stream, the same content is sent as one JSON body. Then {@link #errorInStream}
 * becomes an HTTP error of that type, and other faults that would strike between events strike half-way through the
 * body.
 */
public final class Reply extends ReplyDelivery {

    private final Content content;
    private final Delivery delivery;
    private final Map<String, String> headers;

    private Reply(Content content, Delivery delivery, Map<String, String> headers) {
        this.content = content;
        this.delivery = delivery;
        this.headers = headers;
    }

    private static Reply of(Content content) {
        return new Reply(content, Delivery.PLAIN, Map.of());
    }

    /**
     * A message with one text block, cut into deltas about a word long; its stop reason is {@code end_turn}.
     *
     * @param text the text
     * @return the reply
     */
    public static Reply reply(String text) {
        return reply(Block.text(text));
    }

    /**
     * A message of these blocks; the stop reason is {@code tool_use} when one of them is a tool call, else
     * {@code end_turn}.
     *
     * @param blocks the content, in order
     * @return the reply
     */
    public static Reply reply(Block... blocks) {
        return of(Content.Answer.of(List.of(blocks)));
    }

    /**
     * An HTTP error with the API's own envelope: 529 is an {@code overloaded_error}, 429 a {@code rate_limit_error},
     * and so on.
     *
     * @param status the HTTP status
     * @return the reply
     * @throws IllegalArgumentException when the status is not between 400 and 599
     */
    public static Reply error(int status) {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("an error has a status from 400 to 599 but was " + status);
        }
        return of(new Content.Failure(ErrorEnvelope.of(status)));
    }

    /**
     * An HTTP error with this message in the API's envelope.
     *
     * @param status the HTTP status
     * @param message the {@code error.message}
     * @return the reply
     */
    public static Reply error(int status, String message) {
        return error(status).mapError(error -> error.withMessage(message));
    }

    /**
     * Status 200 and these server-sent events, byte for byte: a recorded stream, or one that breaks the rules. Blank
     * lines separate the events that faults and chunking count.
     *
     * @param sse the body
     * @return the reply
     */
    public static Reply raw(String sse) {
        return of(new Content.Raw(sse));
    }

    /**
     * Status 200 and server-sent events that are made while the answer runs: one that goes on until a test has seen
     * enough, or is fed by it.
     *
     * @param events whole events with their blank lines; subscribed to for each request, asked for no more than the
     *     client reads, cancelled when it leaves
     * @return the reply
     */
    public static Reply raw(Publisher<String> events) {
        return of(new Content.Live(events));
    }

    /**
     * Any other response: an HTML page of a gateway, a redirect (with {@link #header}), an empty 204.
     *
     * @param status the HTTP status
     * @param contentType the header's value
     * @param text the text
     * @return the reply
     */
    public static Reply body(int status, String contentType, String text) {
        return of(new Content.Body(status, contentType, text));
    }

    /**
     * Takes the request and closes the connection without a byte: the client cannot know whether it was served.
     *
     * @return the reply
     */
    public static Reply disconnect() {
        return of(new Content.Nothing(Step.Ending.CUT));
    }

    /**
     * Takes the request and never answers; the connection stays open until the client gives up.
     *
     * @return the reply
     */
    public static Reply silence() {
        return of(new Content.Nothing(Step.Ending.STALL));
    }

    /**
     * Reports this stop reason, as {@code max_tokens} or {@code refusal}. For messages only.
     *
     * @param stopReason the {@code stop_reason}
     * @return the changed reply
     */
    public Reply stopReason(String stopReason) {
        return with(answer("stopReason").withStop(stopReason, null));
    }

    /**
     * Reports that the answer ran into this stop sequence. For messages only.
     *
     * @param stopSequence the sequence
     * @return the changed reply
     */
    public Reply stopSequence(String stopSequence) {
        return with(answer("stopSequence").withStop("stop_sequence", stopSequence));
    }

    /**
     * Reports these token counts; else they are estimated, four characters to a token. For messages only.
     *
     * @param inputTokens input tokens outside the cache
     * @param outputTokens output tokens of the whole answer
     * @return the changed reply
     */
    public Reply usage(int inputTokens, int outputTokens) {
        Content.TokenCounts old = answer("usage").usage();
        return with(answer("usage")
                .withUsage(new Content.TokenCounts(inputTokens, outputTokens, old.cacheCreated(), old.cacheRead())));
    }

    /**
     * Reports input tokens written to and read from the prompt cache; else both are zero. For messages only.
     *
     * @param created tokens written to the cache
     * @param read tokens read from it
     * @return the changed reply
     */
    public Reply cacheUsage(int created, int read) {
        Content.TokenCounts old = answer("cacheUsage").usage();
        return with(answer("cacheUsage").withUsage(new Content.TokenCounts(old.input(), old.output(), created, read)));
    }

    /**
     * Names an {@code error.type} that does not follow from the status. For errors only.
     *
     * @param type the {@code error.type}
     * @return the changed reply
     */
    public Reply type(String type) {
        return mapError(error -> error.withType(type));
    }

    /**
     * Adds {@code error.details.error_code}, as {@code enforced_spend_limit_reached}. For errors only.
     *
     * @param code the {@code error_code}
     * @return the changed reply
     */
    public Reply code(String code) {
        return mapError(error -> error.withCode(code));
    }

    /**
     * Sends {@code retry-after}: whole seconds, rounded up.
     *
     * @param delay the time to wait
     * @return the changed reply
     */
    public Reply retryAfter(Duration delay) {
        return header("retry-after", String.valueOf(delay.plusMillis(999).toSeconds()));
    }

    /**
     * Sends {@code retry-after-ms}, the finer hint that the official SDKs look at first.
     *
     * @param millis milliseconds
     * @return the changed reply
     */
    public Reply retryAfterMillis(long millis) {
        return header("retry-after-ms", String.valueOf(millis));
    }

    /**
     * Sends {@code x-should-retry}, which overrides what the status says.
     *
     * @param shouldRetry what it says
     * @return the changed reply
     */
    public Reply shouldRetry(boolean shouldRetry) {
        return header("x-should-retry", String.valueOf(shouldRetry));
    }

    /**
     * Sends this response header; it replaces the simulator's own of the same name.
     *
     * @param name the header's name
     * @param value its value
     * @return the changed reply
     */
    public Reply header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name.toLowerCase(Locale.ROOT), Objects.requireNonNull(value, "value"));
        return new Reply(content, delivery, Map.copyOf(more));
    }

    /**
     * Sends this content type, whatever the body is.
     *
     * @param contentType the header's value
     * @return the changed reply
     */
    public Reply contentType(String contentType) {
        return header("content-type", contentType);
    }

    @Override
    Delivery delivery() {
        return delivery;
    }

    Content content() {
        return content;
    }

    Map<String, String> headers() {
        return headers;
    }

    static Reply error(ErrorEnvelope error) {
        return of(new Content.Failure(error));
    }

    /** The first error that would come in the stream. */
    Optional<ErrorEnvelope> inStreamError() {
        return delivery.faults().stream()
                .map(Fault::what)
                .filter(Fault.InStreamError.class::isInstance)
                .map(what -> ((Fault.InStreamError) what).error())
                .findFirst();
    }

    Reply withoutFaults() {
        return with(delivery.withFaults(List.of()));
    }

    private Reply with(Content newContent) {
        return new Reply(newContent, delivery, headers);
    }

    @Override
    Reply with(Delivery newDelivery) {
        return new Reply(content, newDelivery, headers);
    }

    private Content.Answer answer(String what) {
        if (content instanceof Content.Answer answer) {
            return answer;
        }
        throw new IllegalStateException(what + " belongs to a message: reply(...)");
    }

    private Reply mapError(UnaryOperator<ErrorEnvelope> change) {
        if (content instanceof Content.Failure failure) {
            return with(new Content.Failure(change.apply(failure.error())));
        }
        throw new IllegalStateException("type, message and code belong to an error: error(...)");
    }
}
