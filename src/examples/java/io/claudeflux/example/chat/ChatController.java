package io.claudeflux.example.chat;

import io.claudeflux.ClaudeClient;
import io.claudeflux.catalog.ModelInfo;
import io.claudeflux.simulator.ClaudeSimulator;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the page talks to. */
@RestController
final class ChatController {
    private static final int MODELS_TO_CHOOSE_FROM = 12;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ClaudeClient claude;
    private final ChatRelay relay;
    private final boolean isSimulated;

    ChatController(ClaudeClient claude, ChatRelay relay, ObjectProvider<ClaudeSimulator> simulator) {
        this.claude = claude;
        this.relay = relay;
        this.isSimulated = simulator.getIfAvailable() != null;
    }

    /**
     * What the page has to know before the first question.
     *
     * @param isSimulated whether no real model answers
     * @param models the ids of the models to choose from, the default first
     */
    public record Setup(boolean isSimulated, List<String> models) {}

    /** The events of an answer; a disconnect cancels the request to the API. */
    @PostMapping(path = "/api/chat", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<String>> chat(@RequestBody ChatRequest chat) {
        return relay.answer(chat.toMessageRequest())
                .map(event -> ServerSentEvent.builder(event.data())
                        .event(event.name())
                        .build());
    }

    /** Where the models cannot be listed, as behind some gateways, there is the default. */
    @GetMapping("/api/setup")
    Mono<Setup> setup() {
        return claude.models()
                .list()
                .map(ModelInfo::id)
                .filter(id -> !id.equals(ChatRequest.DEFAULT_MODEL))
                .take(MODELS_TO_CHOOSE_FROM - 1)
                .timeout(PATIENCE, Flux.empty())
                .onErrorResume(unlisted -> Flux.empty())
                .startWith(ChatRequest.DEFAULT_MODEL)
                .collectList()
                .map(models -> new Setup(isSimulated, models));
    }
}
