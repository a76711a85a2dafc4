package io.claudeflux.tool;

import io.claudeflux.message.Message;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.ToolUseBlock;
import io.claudeflux.stream.MessageAccumulator;
import io.claudeflux.stream.StreamEvent;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Asks the model, runs the tools that it calls, sends it their results, and asks again until it is done.
 *
 * <pre>{@code
 * ClientTool weather = ClientTool.of("get_weather", "The weather in a city now.", City.class,
 *         city -> forecasts.find(city.name()));
 * Flux<String> text = claude.tools(weather).withMaxRounds(5).runText(request);
 * }</pre>
 *
 * <p>Immutable and safe for use by several threads; the {@code withX} methods return copies. A runner of
 * {@code claude.messages().with(options).tools(...)} has the options of those calls: every round is a call of its own,
 * with its own clocks, permit and retries.
 *
 * <h2>A round</h2>
 *
 * <p>The definitions of the tools are added to the request, behind those it has. When an answer stops with
 * {@code tool_use}, all its calls are run, at most {@link #withParallelism} of them at a time, and their results go out
 * as one user turn, in the order of the calls, behind the answer exactly as it came: thinking with its signature, the
 * blocks of server tools, and blocks this version does not know. An answer with {@code pause_turn} is sent back as it
 * is. Anything else ends the run: {@code end_turn}, {@code max_tokens}, {@code refusal} and so on; calls in such an
 * answer may be cut, and are not run.
 *
 * <p>A {@code tool_choice} that forces a call holds until a call was answered, and is {@code auto} from then on. A
 * container that an answer names is used again. A request with
 * {@link io.claudeflux.message.MessageRequestBuilder#cacheControl automatic caching} lets each round read the one
 * before it from the prompt cache.
 *
 * <h2>What the model is told</h2>
 *
 * <p>A tool that fails, that takes too long, whose input does not fit or is no JSON, and one that does not exist: each
 * is answered with an error result, and the run goes on. Of an exception the model is told the class, and the message
 * only of a {@link ToolException}; {@link #withOnFailure} changes that. An {@link Error} of the JVM, such as one for a
 * class that is missing, ends the run in a {@link io.claudeflux.error.ToolLoopException}.
 *
 * <h2>Exactly once</h2>
 *
 * <p>Each call is run once, however often its request was retried: tools run when an answer is whole, and nothing is
 * retried behind them. When a later round fails, {@link io.claudeflux.error.ToolLoopException#in} has the conversation
 * up to there, to go on with. Two calls under one id within an answer count as one.
 *
 * <h2>Tools of your own</h2>
 *
 * <p>A tool that the request defines and that has no {@link ClientTool}, or that belongs to a set of tools such as
 * {@code computer_toolset_20260801}, is yours to run: an answer that calls it ends the run, with the call in
 * {@link ToolEvent.Finished#openCalls()}. That is the way to ask a person first.
 */
public final class ToolRunner {
    private final Function<MessageRequest, Flux<StreamEvent>> stream;
    private final Function<MessageRequest, Mono<Message>> create;
    private final Toolbox toolbox;
    private final RunRules rules;

    private ToolRunner(
            Function<MessageRequest, Flux<StreamEvent>> stream,
            Function<MessageRequest, Mono<Message>> create,
            Toolbox toolbox,
            RunRules rules) {
        this.stream = stream;
        this.create = create;
        this.toolbox = toolbox;
        this.rules = rules;
    }

    /**
     * A runner over any source of answers. {@code claude.tools(...)} is the short way.
     *
     * @param stream asks for an answer as its events, such as {@code claude.messages()::stream}
     * @param create asks for a whole answer, such as {@code claude.messages()::create}
     * @param tools what the model may call
     * @return a runner with the defaults
     * @throws io.claudeflux.error.ConfigurationException if two tools have one name
     */
    public static ToolRunner of(
            Function<MessageRequest, Flux<StreamEvent>> stream,
            Function<MessageRequest, Mono<Message>> create,
            Collection<ClientTool> tools) {
        return new ToolRunner(
                Objects.requireNonNull(stream, "stream"),
                Objects.requireNonNull(create, "create"),
                Toolbox.of(tools),
                RunRules.defaults());
    }

    /**
     * A runner over any source of events.
     *
     * @param stream asks for an answer as its events
     * @param tools what the model may call
     * @return a runner with the defaults
     * @throws io.claudeflux.error.ConfigurationException if two tools have one name
     */
    public static ToolRunner of(Function<MessageRequest, Flux<StreamEvent>> stream, Collection<ClientTool> tools) {
        return of(stream, request -> stream.apply(request).as(MessageAccumulator::toMessage), tools);
    }

    /**
     * Runs, and hands down all that happens.
     *
     * <p>Cold: each subscription is a run of its own, with requests and tools of its own. Signals come on the threads
     * of the answers and of the tools, one at a time. Demand reaches the socket through every round; a round's request
     * is sent once its {@link ToolEvent.RoundStart} was taken, and while nothing is asked for at most as many calls are
     * under way as parallelism allows. A cancel closes the connection of a stream that is open, cancels the tools that
     * are running, interrupting the blocking ones, and starts no other. The Reactor Context reaches requests and tools.
     *
     * @param request the first request
     * @return the events; completes behind {@link ToolEvent.Finished}. Fails with a
     *     {@link io.claudeflux.error.ConfigurationException}, before anything is sent, if the request defines one of
     *     the tools otherwise; with the {@link io.claudeflux.error.ClaudeException} of the round that failed, in which
     *     {@link io.claudeflux.error.ToolLoopException#in} finds where the run had come to; with a
     *     {@link io.claudeflux.error.ToolLoopException} where the limit of rounds is reached. The events handed down so
     *     far are not taken back
     */
    public Flux<ToolEvent> run(MessageRequest request) {
        Objects.requireNonNull(request, "request");
        return rounds(request, run -> stream.apply(run.request()).map(run::take));
    }

    /**
     * Runs, and hands down the text of all answers, without thinking and calls.
     *
     * @param request the first request
     * @return the pieces of text as they arrive, to be joined without a separator: a blank line is put between what the
     *     model said ahead of its calls and what it says behind them; the rest as in {@link #run}
     */
    public Flux<String> runText(MessageRequest request) {
        return Flux.defer(() -> run(request).handle(new TextPieces()));
    }

    /**
     * Runs, and hands down the last answer. Since nothing is handed down before, a round that breaks at any point is
     * tried again, under the rules of {@code Messages.create}; the tools of an answer run only once it is whole.
     *
     * @param request the first request
     * @return the message that ends the run, whatever its stop reason; errors as in {@link #run}. Of tools that failed
     *     {@link #withOnFailure} hears
     */
    public Mono<Message> create(MessageRequest request) {
        Objects.requireNonNull(request, "request");
        return rounds(
                        request,
                        run -> create.apply(run.request()).doOnNext(run::take).then(Mono.<ToolEvent>empty()))
                .ofType(ToolEvent.Finished.class)
                .map(ToolEvent.Finished::message)
                .single();
    }

    /** Repeated and not chained: each round ends before the next begins, so that a run is as deep as one round. */
    private Flux<ToolEvent> rounds(MessageRequest request, Function<ToolRun, Publisher<ToolEvent>> answer) {
        return Flux.defer(() -> {
            ToolRun run = new ToolRun(toolbox, request, rules.maxRounds());
            return Flux.defer(() -> round(run, answer)).repeat(run::goesOn).onErrorMap(run::located);
        });
    }

    /**
     * Demand goes straight to the part that is on. Only the calls are taken ahead of it, as many as may run at a time,
     * and each holds back one mark at most.
     */
    private Flux<ToolEvent> round(ToolRun run, Function<ToolRun, Publisher<ToolEvent>> answer) {
        ToolCalls calls = new ToolCalls(toolbox, rules);
        return Flux.concat(
                Mono.fromSupplier(run::begin),
                Flux.defer(() -> answer.apply(run)),
                Flux.defer(() -> Flux.fromIterable(run.calls()))
                        .flatMap(call -> calls.answer(run, call), rules.parallelism(), 1)
                        .doOnNext(run::take),
                Flux.defer(() -> Flux.fromIterable(run.end())));
    }

    /**
     * What the model may call.
     *
     * @return the tools, in the order of their definitions
     */
    public List<ClientTool> tools() {
        return toolbox.all();
    }

    /**
     * Changes how many requests one run may send. A run whose last allowed answer asks to go on has its calls answered
     * and then ends in a {@link io.claudeflux.error.ToolLoopException} with the conversation, so that nothing is lost.
     *
     * @param max 1 or more; 10 by default
     * @return a copy
     * @throws IllegalArgumentException if it is less than 1
     */
    public ToolRunner withMaxRounds(int max) {
        return with(new RunRules(max, rules.parallelism(), rules.timeout(), rules.onFailure(), rules.timer()));
    }

    /**
     * Changes how many calls of an answer may be under way at a time.
     *
     * @param max 1 or more; 4 by default
     * @return a copy
     * @throws IllegalArgumentException if it is less than 1
     */
    public ToolRunner withParallelism(int max) {
        return with(new RunRules(rules.maxRounds(), max, rules.timeout(), rules.onFailure(), rules.timer()));
    }

    /**
     * Changes how long a call may take that has no {@linkplain ClientTool#withTimeout limit of its own}, the wait for a
     * thread included. A tool that is late is cancelled, and the model is told.
     *
     * @param timeout 60 s by default; 0 for no limit
     * @return a copy
     * @throws IllegalArgumentException if it is negative or longer than one day
     */
    public ToolRunner withTimeout(Duration timeout) {
        return with(new RunRules(rules.maxRounds(), rules.parallelism(), timeout, rules.onFailure(), rules.timer()));
    }

    /**
     * Changes what the model is told of a tool that failed. By default it is the message of a {@link ToolException},
     * and of any other failure its class: a message may hold what the model must not repeat to whoever it talks to.
     *
     * @param onFailure makes the result from the call and what was thrown or signalled, which is a
     *     {@link java.util.concurrent.TimeoutException} for a tool that was late; must not block. If it throws or gives
     *     back null, the default is told
     * @return a copy
     */
    public ToolRunner withOnFailure(BiFunction<ToolUseBlock, Throwable, ToolResult> onFailure) {
        return with(new RunRules(rules.maxRounds(), rules.parallelism(), rules.timeout(), onFailure, rules.timer()));
    }

    /** For tests, which have a clock of their own. */
    ToolRunner withTimer(Scheduler timer) {
        return with(new RunRules(rules.maxRounds(), rules.parallelism(), rules.timeout(), rules.onFailure(), timer));
    }

    private ToolRunner with(RunRules changed) {
        return new ToolRunner(stream, create, toolbox, changed);
    }
}
