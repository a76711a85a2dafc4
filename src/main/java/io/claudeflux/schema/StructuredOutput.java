package io.claudeflux.schema;

import io.claudeflux.error.ConfigurationException;
import io.claudeflux.error.Finding;
import io.claudeflux.error.PreflightException;
import io.claudeflux.message.Json;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.OutputConfig;
import io.claudeflux.message.Response;
import io.claudeflux.message.ResponseMetadata;
import io.claudeflux.stream.StreamEvent;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A value that the model is to answer with: its schema, and the class it is read into.
 *
 * <pre>{@code
 * StructuredOutput<Invoice> invoice = StructuredOutput.of(Invoice.class);
 * Mono<Structured<Invoice>> answer = claude.messages().create(request, invoice);
 * }</pre>
 *
 * <p>Immutable, for use by any number of calls at once. Make it at start-up where the first call must not wait for the
 * schema. It can also be used without a client: {@link #applyTo} makes the request of a batch, and
 * {@link #read(Message)} reads its result.
 *
 * @param <T> the type of the value
 */
public final class StructuredOutput<T> {
    private final JsonSchema schema;
    private final Class<T> type;

    private StructuredOutput(JsonSchema schema, Class<T> type) {
        this.schema = schema;
        this.type = type;
    }

    /**
     * A value of a class, with the schema of {@link JsonSchema#of(java.lang.reflect.Type)}.
     *
     * @param type a record or a bean
     * @param <T> the class
     * @return the output
     * @throws ConfigurationException if a library is missing, or the class has no schema that the API accepts
     */
    public static <T> StructuredOutput<T> of(Class<T> type) {
        return new StructuredOutput<>(JsonSchema.of(type), type);
    }

    /**
     * As {@link #of(Class)}, for event loops: the first schema takes a cold JVM a second, and that of another class
     * some milliseconds, so it is made on a thread of {@code Schedulers.boundedElastic()} where the subscriber's own
     * must not wait. Later ones are there at once.
     *
     * @param type a record or a bean
     * @param <T> the class
     * @return cold; the output, or the error of {@link #of(Class)}
     */
    public static <T> Mono<StructuredOutput<T>> prepare(Class<T> type) {
        Objects.requireNonNull(type, "type");
        return Mono.defer(() -> {
            Mono<StructuredOutput<T>> output = Mono.fromCallable(() -> of(type));
            boolean isQuick = JsonSchema.isMade(type) || !Schedulers.isInNonBlockingThread();
            // Reading classes takes a cold JVM a second, for which an event loop must not stand still.
            return isQuick ? output : output.subscribeOn(Schedulers.boundedElastic());
        });
    }

    /**
     * A value of a class, with a schema written by hand.
     *
     * @param schema the schema
     * @param type the class that fits it
     * @param <T> the class
     * @return the output
     * @throws PreflightException if the API does not accept the schema: {@link JsonSchema#check()} finds a refusal
     */
    public static <T> StructuredOutput<T> of(JsonSchema schema, Class<T> type) {
        Objects.requireNonNull(type, "type");
        List<Finding> findings = schema.check();
        if (findings.stream().anyMatch(Finding::isRefusal)) {
            throw new PreflightException(findings);
        }
        return new StructuredOutput<>(schema, type);
    }

    /**
     * A value without a class of its own, with a schema written by hand.
     *
     * @param schema the schema
     * @return the output, whose values are JSON
     * @throws PreflightException as in {@link #of(JsonSchema, Class)}
     */
    public static StructuredOutput<Json> of(JsonSchema schema) {
        return of(schema, Json.class);
    }

    /**
     * The schema that is sent.
     *
     * @return the schema
     */
    public JsonSchema schema() {
        return schema;
    }

    /**
     * The class that the answer is read into.
     *
     * @return the class
     */
    public Class<T> type() {
        return type;
    }

    /**
     * The request with this form of answer. All else stays, the effort included.
     *
     * @param request what is asked
     * @return a copy
     * @throws ConfigurationException if the request asks for a form already
     */
    public MessageRequest applyTo(MessageRequest request) {
        OutputConfig wanted = request.outputConfig();
        OutputConfig form = OutputConfig.jsonSchema(schema.json());
        if (wanted != null && wanted.format() != null) {
            throw new ConfigurationException(
                    "outputConfig.format",
                    "the request asks for a form of its answer already: leave outputConfig.format out of it, or use the"
                            + " calls that return a Message",
                    null);
        }
        OutputConfig both = wanted == null ? form : wanted.withFormat(form.format());
        return request.toBuilder().outputConfig(both).build();
    }

    /**
     * Reads the value out of a whole answer: the text of all its text blocks, white space around it aside, must be one
     * JSON object that fits the schema and the class. A Markdown fence around it is none: the API writes no such thing
     * when a form is asked for.
     *
     * @param message the answer
     * @return the value
     * @throws io.claudeflux.error.StructuredOutputException if the answer is not the value
     */
    public T read(Message message) {
        return read(new Response<>(message, ResponseMetadata.none())).value();
    }

    /**
     * As {@link #read(Message)}, and keeps the answer with the value.
     *
     * @param answer the answer with the head of its response
     * @return value and answer
     * @throws io.claudeflux.error.StructuredOutputException if the answer is not the value; it knows the request id
     */
    public Structured<T> read(Response<Message> answer) {
        return new AnswerReader<>(this, answer).read(0);
    }

    /**
     * The value while it is being written, from the events of a stream that was asked for with {@link #applyTo}.
     *
     * <p>A draft comes when something in it can be seen that was not in the one before, at first with each piece of
     * text, and later once the text is longer by 1/64. Reading all drafts of an answer so costs about 65 times as much
     * as reading the answer once, however long it is. The last draft comes behind {@code message_stop}, and is
     * complete.
     *
     * <p>As many events are asked for as are needed for the drafts that were asked for, and nothing but the answer
     * itself is kept. So a slow subscriber slows the server down; one that would rather have the newest draft adds
     * {@code onBackpressureLatest()}. A cancel goes through to the stream.
     *
     * @param events a stream; subscribed once for each subscription of the result
     * @return the drafts; the stream's own error; or a {@link io.claudeflux.error.StructuredOutputException} in place
     *     of the last draft if the whole answer is not the value
     */
    public Flux<Draft<T>> drafts(Flux<StreamEvent> events) {
        return Flux.defer(() -> events.handle(new DraftFold<>(this)::add));
    }

    /** The value, if it is all there. */
    Optional<T> tryRead(Json json) {
        try {
            return schema.misfit(json).isPresent() ? Optional.empty() : Optional.of(json.as(type));
        } catch (IllegalArgumentException doesNotFit) {
            return Optional.empty();
        }
    }
}
