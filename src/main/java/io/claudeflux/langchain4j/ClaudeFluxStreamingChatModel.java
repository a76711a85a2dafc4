package io.claudeflux.langchain4j;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatModelStreamingEvent;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.claudeflux.ClaudeClient;
import io.claudeflux.Messages;
import io.claudeflux.message.MessageRequestBuilder;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Flow.Publisher;
import java.util.function.Consumer;
import org.reactivestreams.FlowAdapters;
import reactor.core.publisher.Flux;

/**
 * A streaming chat model of LangChain4j that asks Claude through this client.
 *
 * <pre>{@code
 * StreamingChatModel model = ClaudeFluxStreamingChatModel.of(claude, "claude-sonnet-5-5", 1024)
 *         .withRequest(request -> request.thinking(Thinking.adaptive()));
 * Flux<String> text = JdkFlowAdapter.flowPublisherToFlux(model.chat("Explain backpressure."));
 * }</pre>
 *
 * <p>The publisher is cold, and its demand reaches the socket; a cancel closes the connection. A handler is pushed to
 * as fast as the answer comes, on an event-loop thread, and MUST NOT block; its
 * {@link dev.langchain4j.model.chat.response.StreamingHandle} cancels. It hears exactly one of
 * {@code onCompleteResponse} and {@code onError}, and nothing behind a cancel; what it throws while the answer comes
 * cancels the answer and comes back to its {@code onError}. Errors are those of {@link Messages#stream}, as they are;
 * what LangChain4j can say and Claude cannot, such as audio, is an
 * {@link dev.langchain4j.exception.UnsupportedFeatureException}, and nothing is sent.
 *
 * <p>Tool calls come in pieces as they grow, and whole once the answer is, so that no tool runs for an answer that
 * breaks. They come whole only if the answer ended in order to have them run: half a call, cut at the most tokens, is
 * none, neither as an event nor in the {@code AiMessage}.
 *
 * <p>An answer that its text and its tool calls do not make up, such as one with signed thinking, goes along as JSON in
 * the attribute {@value #CONTENT} of its {@code AiMessage}, and back to the server as it came, unless text or calls
 * were changed since. Events that LangChain4j has no name for come as its raw events, each a
 * {@link io.claudeflux.stream.StreamEvent}. Input tokens count what was read from the prompt cache or written to it,
 * too.
 *
 * <p>Immutable and safe for use by several threads; the {@code withX} methods return copies.
 */
public final class ClaudeFluxStreamingChatModel implements StreamingChatModel {
    /**
     * The attribute of an {@code AiMessage} that holds the whole turn as JSON, where text and tool calls are not all.
     */
    public static final String CONTENT = "claude-flux.content";

    private final Messages messages;
    private final ChatRequestParameters defaults;
    private final List<ChatModelListener> listeners;
    private final Consumer<MessageRequestBuilder> more;

    private ClaudeFluxStreamingChatModel(
            Messages messages,
            ChatRequestParameters defaults,
            List<ChatModelListener> listeners,
            Consumer<MessageRequestBuilder> more) {
        this.messages = Objects.requireNonNull(messages, "messages");
        this.defaults = defaults;
        this.listeners = listeners;
        this.more = Objects.requireNonNull(more, "more");
    }

    /**
     * A model over a client.
     *
     * @param client stays the application's to close
     * @param model the model to ask, unless a request names another
     * @param maxOutputTokens the most tokens of an answer, unless a request says otherwise
     * @return the model
     */
    public static ClaudeFluxStreamingChatModel of(ClaudeClient client, String model, int maxOutputTokens) {
        return of(client.messages(), model, maxOutputTokens);
    }

    /**
     * A model over the messages of a client, such as those with other options or with somebody else to fall back to.
     *
     * @param messages what to ask through
     * @param model the model to ask, unless a request names another
     * @param maxOutputTokens the most tokens of an answer, unless a request says otherwise
     * @return the model
     */
    public static ClaudeFluxStreamingChatModel of(Messages messages, String model, int maxOutputTokens) {
        ChatRequestParameters defaults = ChatRequestParameters.builder()
                .modelName(model)
                .maxOutputTokens(maxOutputTokens)
                .build();
        return new ClaudeFluxStreamingChatModel(messages, defaults, List.of(), request -> {});
    }

    /**
     * Sets what holds where a request says nothing.
     *
     * @param parameters come before the defaults so far
     * @return a copy
     */
    public ClaudeFluxStreamingChatModel withDefaults(ChatRequestParameters parameters) {
        return new ClaudeFluxStreamingChatModel(messages, defaults.overrideWith(parameters), listeners, more);
    }

    /**
     * Sets who hears of requests and responses.
     *
     * @param all the listeners, in place of those so far
     * @return a copy
     */
    public ClaudeFluxStreamingChatModel withListeners(List<ChatModelListener> all) {
        return new ClaudeFluxStreamingChatModel(messages, defaults, List.copyOf(all), more);
    }

    /**
     * Sets what LangChain4j has no word for: thinking, effort, cache breakpoints, server tools, betas, tenants.
     *
     * @param change is given each request last, in place of the change so far; must not block. A schema that the
     *     request asks for stays, whatever output configuration it sets
     * @return a copy
     */
    public ClaudeFluxStreamingChatModel withRequest(Consumer<MessageRequestBuilder> change) {
        return new ClaudeFluxStreamingChatModel(messages, defaults, listeners, change);
    }

    @Override
    public Publisher<ChatModelStreamingEvent> doChat(ChatRequest request) {
        // Reactor's own adapter lets a demand of none pass without a word.
        return FlowAdapters.toFlowPublisher(events(request));
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        HandlerSubscriber.subscribe(events(request), handler);
    }

    private Flux<ChatModelStreamingEvent> events(ChatRequest request) {
        return Flux.defer(() -> {
            ChatRequestParameters parameters = request.parameters().defaultedBy(defaults);
            AnswerFold answer = new AnswerFold();
            return messages.stream(Requests.of(request.messages(), parameters, more))
                    .handle(answer)
                    .concatWith(Flux.defer(answer::complete));
        });
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return defaults;
    }

    @Override
    public List<ChatModelListener> listeners() {
        return listeners;
    }

    @Override
    public ModelProvider provider() {
        return ModelProvider.ANTHROPIC;
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
    }
}
