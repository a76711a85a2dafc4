package io.claudeflux;

import io.claudeflux.error.Finding;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.PartialMessage;
import io.claudeflux.message.Response;
import io.claudeflux.message.TokenCount;
import io.claudeflux.schema.Draft;
import io.claudeflux.schema.Structured;
import io.claudeflux.schema.StructuredOutput;
import io.claudeflux.stream.MessageStream;
import io.claudeflux.stream.StreamEvent;
import io.claudeflux.tool.ClientTool;
import io.claudeflux.tool.ToolRunner;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * {@code POST /v1/messages}.
 *
 * <p>Every result is cold: each subscription sends a request of its own, and two subscribers mean two requests and two
 * bills. A cancel closes the connection, in any phase and without blocking. Signals come on an event-loop thread, those
 * of clocks and of calls that wait for a turn or another attempt on a thread of {@code Schedulers.parallel()}.
 *
 * <p>What fails for a reason that passes is tried again as long as the subscriber has seen nothing: see
 * {@link io.claudeflux.config.RetryPolicy}. Output comes at most once, work is done at least once.
 */
public interface Messages {
    /**
     * Streams an answer as its events.
     *
     * <pre>
     * message_start (content_block_start content_block_delta* content_block_stop)* message_delta+ message_stop
     * </pre>
     *
     * <p>with {@code ping} and unknown events anywhere. {@code message_start} is held back until there is something
     * behind it. Demand reaches the socket; what is buffered is one chunk of the response.
     *
     * @param request what is asked; {@code stream} is set for you
     * @return the events; completes after {@code message_stop} and never otherwise; fails with a
     *     {@link io.claudeflux.error.ClaudeException} that knows how many events were delivered and carries the message
     *     so far
     */
    Flux<StreamEvent> stream(MessageRequest request);

    /**
     * Streams the text of an answer, without thinking and tool calls. Other views are in
     * {@link io.claudeflux.stream.MessageStream}.
     *
     * @param request what is asked
     * @return the pieces of text as they arrive, to be joined without a separator; empty for an answer without text;
     *     errors as in {@link #stream}
     */
    default Flux<String> streamText(MessageRequest request) {
        return MessageStream.of(stream(request)).text();
    }

    /**
     * Asks for the whole answer. It streams underneath, so that a long answer meets no time limit of a silent
     * connection, and a cut one is never taken for whole. Since nothing is handed down before the whole message is
     * there, a failure at any point may be tried again.
     *
     * @param request what is asked
     * @return the message, equal to the one a non-streaming call returns; errors as in {@link #stream}
     */
    Mono<Message> create(MessageRequest request);

    /**
     * As {@link #create}, with the head of the response: request id and rate limits. In a stream they are part of
     * {@link io.claudeflux.stream.MessageStart}.
     *
     * @param request what is asked
     * @return the message and the head
     */
    Mono<Response<Message>> createWithResponse(MessageRequest request);

    /**
     * Asks for an answer that is a value of a class. The schema of the class goes along as
     * {@code output_config.format}, so that the model cannot write anything else, and the answer is read into the
     * class.
     *
     * <pre>{@code
     * record Invoice(String customer, LocalDate due, List<Line> lines, Optional<String> note) {}
     * record Line(String text, BigDecimal amount) {}
     *
     * Mono<Invoice> invoice = claude.messages().create(request, Invoice.class);
     * }</pre>
     *
     * <p>Schemas of classes need an optional library, see {@link io.claudeflux.schema.JsonSchema}; the first one of a
     * class is made when the call is subscribed to, and not on an event loop. The request may set an effort, and tools;
     * where the model calls one, there is no value yet, and the error's message can be answered.
     *
     * @param request what is asked, without a form of the answer
     * @param type a record or a bean
     * @param <T> its type
     * @return the value; errors as in {@link #stream}, and a {@link io.claudeflux.error.StructuredOutputException} if
     *     an answer came that is not the value: cut at {@code max_tokens}, refused, a tool call, no JSON, or a misfit
     */
    default <T> Mono<T> create(MessageRequest request, Class<T> type) {
        return StructuredOutput.prepare(type)
                .flatMap(output -> create(request, output))
                .map(Structured::value);
    }

    /**
     * As {@link #create(MessageRequest, Class)}, with the message beside the value, and for schemas written by hand.
     *
     * @param request what is asked, without a form of the answer
     * @param output the form of the answer
     * @param <T> the type of the value
     * @return the value, the message and the head of the response; errors as there
     */
    default <T> Mono<Structured<T>> create(MessageRequest request, StructuredOutput<T> output) {
        return Mono.defer(() -> createWithResponse(output.applyTo(request))).map(output::read);
    }

    /**
     * Streams a value of a class while it is being written, for pages that fill up: each draft is JSON that can be
     * read, and a value of the class once everything in it has begun.
     *
     * <pre>{@code
     * claude.messages().streamDrafts(request, Invoice.class).map(Draft::json)
     * }</pre>
     *
     * @param request what is asked, without a form of the answer
     * @param type a record or a bean
     * @param <T> its type
     * @return the drafts, the last one complete, as often as {@link StructuredOutput#drafts} says; errors as in
     *     {@link #create(MessageRequest, Class)}
     */
    default <T> Flux<Draft<T>> streamDrafts(MessageRequest request, Class<T> type) {
        return StructuredOutput.prepare(type).flatMapMany(output -> streamDrafts(request, output));
    }

    /**
     * As {@link #streamDrafts(MessageRequest, Class)}, for schemas written by hand.
     *
     * @param request what is asked, without a form of the answer
     * @param output the form of the answer
     * @param <T> the type of the value
     * @return the drafts, the last one complete
     */
    default <T> Flux<Draft<T>> streamDrafts(MessageRequest request, StructuredOutput<T> output) {
        return Flux.defer(() -> output.drafts(stream(output.applyTo(request))));
    }

    /**
     * Counts the tokens of a request, and generates none: the model, the conversation, the instructions, the tools,
     * thinking, the output's form and the speed. What says nothing about the input is left out of the question:
     * {@code maxTokens}, stop sequences, metadata, service tier, container, diagnostics, {@code inferenceGeo}, and of
     * the extra body fields the sampling parameters and fallbacks. The other extra fields go along, for most betas add
     * to the input; the endpoint refuses those that it does not take.
     *
     * <p>Free of charge, with a limit of requests per minute of its own. It takes a permit and its place in the queue
     * like any call, but is neither {@linkplain ClaudeClient.Builder#pacing paced} nor does it move
     * {@linkplain ClaudeClient.Builder#adaptiveConcurrency adaptive concurrency}, and a 429 of it keeps back no
     * message. Failures that pass are tried again, also where {@code retryAmbiguous} is off: counting leaves nothing
     * behind. All clocks hold. Models to fall back to are not asked.
     *
     * @param request what would be asked
     * @return cold; how many tokens the model would read, an estimate of the server's; fails as {@link #create} does. A
     *     cancel closes the connection. Implementations that cannot count fail with
     *     {@link UnsupportedOperationException}
     */
    default Mono<TokenCount> countTokens(MessageRequest request) {
        Objects.requireNonNull(request, "request");
        return Mono.error(() -> new UnsupportedOperationException(getClass().getName() + " cannot count tokens"));
    }

    /**
     * Looks at a request as it would be looked at before it is sent, and sends nothing: for tests of the code that
     * makes requests. Models to fall back to are not looked at; ask with each of them.
     *
     * <pre>{@code
     * assertThat(claude.messages().check(request)).isEmpty();
     * }</pre>
     *
     * @param request what would be asked
     * @return all that is wrong with it or looks wrong, also where {@link ClaudeClient.Builder#preflight} is off; none
     *     from an implementation that does not check
     */
    default List<Finding> check(MessageRequest request) {
        Objects.requireNonNull(request, "request");
        return List.of();
    }

    /**
     * The same endpoint with other options for its calls.
     *
     * @param options what is different; the rest stays as it is here
     * @return a view of the same client
     */
    Messages with(CallOptions options);

    /**
     * These calls in conversations in which the model calls tools that this JVM runs.
     *
     * <pre>{@code
     * ClientTool weather = ClientTool.of("get_weather", "The weather in a city now.", City.class,
     *         city -> forecasts.find(city.name()));
     * Flux<String> text = messages.tools(weather).runText(request);
     * }</pre>
     *
     * @param tools what the model may call
     * @return the loop over requests and tools, with its defaults
     * @throws io.claudeflux.error.ConfigurationException if two tools have one name
     */
    default ToolRunner tools(ClientTool... tools) {
        return tools(List.of(tools));
    }

    /**
     * As {@link #tools(ClientTool...)}, for the tools of {@link ClientTool#methodsOf}.
     *
     * @param tools what the model may call
     * @return the loop over requests and tools, with its defaults
     * @throws io.claudeflux.error.ConfigurationException if two tools have one name
     */
    default ToolRunner tools(Collection<ClientTool> tools) {
        return ToolRunner.of(this::stream, this::create, tools);
    }

    /**
     * The same calls with somebody else to ask when these fail: another account, region or gateway.
     *
     * <p>It is asked what this one was asked, once this one has failed for good, without having handed anything down
     * and for a reason that is not the request's: overloaded, out of quota, out of reach, too many waiting. Clocks and
     * retries are each one's own. Work that may have been done is not asked for again where {@code retryAmbiguous} is
     * off. When both fail, the error is the second's, with the first's suppressed in it.
     *
     * @param second asked when this one fails
     * @return both, one after the other
     */
    default Messages fallbackTo(Messages second) {
        return new FallbackMessages(this, second);
    }

    /**
     * Streams the answers to requests that begin alike, so that all but one read the beginning from the prompt cache. A
     * cache entry can be read once the answer that writes it has begun; requests sent at the same time would all pay
     * for writing it.
     *
     * <pre>{@code
     * List<Flux<StreamEvent>> streams = messages.fanOut(requests.get(0), requests.subList(1, requests.size()));
     * Flux<Message> answers = Flux.mergeSequential(
     *         streams.stream().map(MessageAccumulator::toMessage).toList());
     * }</pre>
     *
     * <p>The followers hold no permit while they wait, and no clock of theirs runs. They go when the leader hands down
     * its first event, and also when it ends without one, by a failure or a cancel. Subscribe to all of them: followers
     * wait for as long as nobody subscribes to the leader. The leader's request marks what is cached, with
     * {@link io.claudeflux.message.CacheControl}.
     *
     * @param leader the request that is sent first
     * @param followers the requests that wait for it; they are then sent at once, as far as permits allow
     * @return the streams: the leader's, then the followers' in their order; each cold, with errors as in
     *     {@link #stream}
     */
    default List<Flux<StreamEvent>> fanOut(MessageRequest leader, List<MessageRequest> followers) {
        Objects.requireNonNull(leader, "leader");
        return FanOut.of(this, leader, List.copyOf(followers));
    }

    /**
     * Asks for the rest of an answer whose stream broke: a new request with a bill of its own, sent only when you ask
     * for it, never by this library.
     *
     * <pre>{@code
     * Flux<StreamEvent> events = messages.stream(request);
     * Flux<StreamEvent> withRest = events.onErrorResume(ClaudeException.class, failure -> failure.partial()
     *         .map(partial -> messages.continueFrom(partial, request))
     *         .orElseGet(() -> Flux.error(failure)));
     * }</pre>
     *
     * <p>The stream holds the continuation only, with its own {@code message_start}; the whole text is
     * {@code partial.text()} followed by the text of these events. The conversation is sent again with the finished
     * blocks as they came, the open text as far as it got, and a user turn that asks to go on behind its last
     * characters. The model does so from what it reads, so the wording may differ from what the first stream would have
     * held. If nothing but white space had arrived, or thinking that no text followed, the request is sent as it is.
     *
     * <p>Fails without sending anything, with a {@link io.claudeflux.error.ConfigurationException} of the setting
     * {@code partial} that says what to do instead, when the answer
     *
     * <ul>
     *   <li>holds a tool call, half or whole: answer a whole one with its result instead;
     *   <li>holds a server tool's call without its result, thinking that was not finished and signed, or any other
     *       unfinished block that is not text;
     *   <li>is {@linkplain PartialMessage#isTruncated() truncated}: where it stopped is not known;
     *   <li>has a stop reason: it is whole, and only the end of the stream was lost. That includes {@code max_tokens},
     *       which is an end and no break, and {@code pause_turn}, which goes on when the answer is sent back as it is;
     *   <li>was asked for in an output format: two halves of a document are no document.
     * </ul>
     *
     * <p>If the continuation breaks too, the partial message of its error holds the continuation only, and is no
     * partial answer to {@code request}.
     *
     * @param partial what arrived, from {@link io.claudeflux.error.ClaudeException#partial()} or
     *     {@link io.claudeflux.stream.MessageAccumulator#partial()}
     * @param request the request that it answers
     * @return the events of the continuation; errors as in {@link #stream}
     */
    default Flux<StreamEvent> continueFrom(PartialMessage partial, MessageRequest request) {
        Objects.requireNonNull(partial, "partial");
        Objects.requireNonNull(request, "request");
        return Flux.defer(() -> stream(Continuation.of(partial, request)));
    }
}
