package io.claudeflux.springai;

import io.claudeflux.ClaudeClient;
import io.claudeflux.Messages;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.Response;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * A chat model of Spring AI 2.0 whose streams hold no thread: {@code ChatClient}, advisors, memory and tools work on it
 * as on any other.
 *
 * <pre>{@code
 * ChatModel claude = ClaudeFluxChatModel.of(
 *         client, ToolCallingChatOptions.builder().model("claude-sonnet-5-5").maxTokens(4096).build());
 * Flux<String> text = ChatClient.create(claude).prompt().user("Explain backpressure.").stream().content();
 * }</pre>
 *
 * <p><b>Options.</b> A prompt's model, most tokens, temperature, top P, top K, stop sequences, tools and output schema
 * come before those given here, each by itself. The API has no frequency and presence penalty, and takes no media of
 * the assistant; they are not sent. What Claude can do and Spring AI has no word for, such as thinking, cache
 * breakpoints, betas, server tools and tenants, is said by {@link #withRequests}.
 *
 * <p><b>Tools</b> are not run here. Spring AI 2 has the {@code ToolCallingAdvisor} of {@code ChatClient} run them,
 * aside of the event loops, or whoever holds a {@code ToolCallingManager}: an answer that calls tools says so in its
 * last response. Calls are handed out only if the answer ended in order to have them run: half a call, cut at
 * {@code max_tokens}, is none.
 *
 * <p><b>What comes back is sent again as it came.</b> Where an answer holds more than Spring AI has fields for, such as
 * signed thinking, which the API wants back with the results of tools, its blocks are kept as JSON in the metadata of
 * the assistant message, under {@code claudeFluxTurn}, and are used as long as text and calls of the message are the
 * same. Thinking is shown nowhere else. A memory that stores no metadata loses it between turns, as the API allows.
 *
 * <p><b>Failures</b> are those of {@link Messages}, unchanged: a {@link io.claudeflux.error.ClaudeException} that says
 * where it broke. An answer that was cut is one. Retries, permits, pacing, clocks and observations are the client's: no
 * observation is begun here, so that no call is observed twice.
 *
 * <p>{@code ChatClient} hands the signals of streams on by way of {@code boundedElastic}, a few threads for all of
 * them: what blocks there holds up others. {@link #stream} itself stays on the event loops.
 *
 * <p>Immutable. It is the one class that waits for a publisher: {@link #call} returns a value by contract.
 */
public final class ClaudeFluxChatModel implements ChatModel {
    private final Messages messages;
    private final ToolCallingChatOptions options;
    private final UnaryOperator<MessageRequest> requests;

    private ClaudeFluxChatModel(
            Messages messages, ToolCallingChatOptions options, UnaryOperator<MessageRequest> requests) {
        this.messages = Objects.requireNonNull(messages, "messages");
        this.options = Objects.requireNonNull(options, "options");
        this.requests = Objects.requireNonNull(requests, "requests");
    }

    /**
     * A model on a client.
     *
     * @param client asked for every answer; closing it stays with you
     * @param options what holds where a prompt says nothing; model and most tokens are needed from one of the two
     * @return a new model
     */
    public static ClaudeFluxChatModel of(ClaudeClient client, ToolCallingChatOptions options) {
        return of(client.messages(), options);
    }

    /**
     * A model on messages with options of their own, or with somebody to fall back to.
     *
     * @param messages asked for every answer
     * @param options what holds where a prompt says nothing; model and most tokens are needed from one of the two
     * @return a new model
     */
    public static ClaudeFluxChatModel of(Messages messages, ToolCallingChatOptions options) {
        return new ClaudeFluxChatModel(messages, options, UnaryOperator.identity());
    }

    /**
     * The same model with the last word on every request.
     *
     * <pre>{@code
     * model.withRequests(request -> CacheBreakpoints.defaults().place(
     *         request.toBuilder().thinking(Thinking.adaptive()).build()))
     * }</pre>
     *
     * @param change makes the request that is sent of the one that was made from a prompt; called once for each
     *     subscription and call, behind an earlier change, and must not block
     * @return a copy
     */
    public ClaudeFluxChatModel withRequests(UnaryOperator<MessageRequest> change) {
        Objects.requireNonNull(change, "change");
        return new ClaudeFluxChatModel(messages, options, request -> change.apply(requests.apply(request)));
    }

    /**
     * The whole answer. Waits for it, so that it is not for event loops and other threads that must not block: there it
     * is refused before anything is sent. Use {@link #stream(Prompt)} there. Tenant and priority of the Reactor Context
     * do not reach a waiting call; say them with {@link #withRequests}. An interrupt closes the connection.
     *
     * @param prompt what is asked
     * @return one response with one generation
     * @throws IllegalStateException on a thread that must not block, or if the request lacks model or most tokens
     * @throws IllegalArgumentException if the prompt holds something that the API has no form for
     * @throws io.claudeflux.error.ClaudeException as {@link Messages#create} fails
     */
    @Override
    public ChatResponse call(Prompt prompt) {
        // block() looks at the thread, too, but after it has subscribed: that request would be sent and billed.
        if (Schedulers.isInNonBlockingThread()) {
            throw new IllegalStateException("call waits for the answer, and "
                    + Thread.currentThread().getName() + " is a thread that must not: use stream");
        }
        // ChatModel.call returns the answer itself, so its thread waits; the client's clocks end a silence.
        Response<io.claudeflux.message.Message> answer = Objects.requireNonNull(
                messages.createWithResponse(request(prompt)).block());
        return Answers.whole(answer.value(), answer.metadata());
    }

    /**
     * Streams the answer: a response for each piece of its text, then one without text that has finish reason, usage,
     * rate limits and the calls of tools. Cold: each subscription is a request. Holds no thread; demand reaches the
     * socket; a cancel closes the connection. Signals come on threads that must not be blocked.
     *
     * @param prompt what is asked
     * @return the responses; completes behind the last one and never otherwise; errors are those of {@link #call}
     */
    @Override
    public Flux<ChatResponse> stream(Prompt prompt) {
        return Flux.defer(() -> {
            Answers answer = new Answers();
            return messages.stream(request(prompt)).handle(answer::add);
        });
    }

    /**
     * What holds where a prompt says nothing.
     *
     * @return the options this model was made with
     */
    @Override
    public ToolCallingChatOptions getOptions() {
        return options;
    }

    private MessageRequest request(Prompt prompt) {
        return requests.apply(Prompts.request(prompt, options));
    }
}
