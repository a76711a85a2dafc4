package io.claudeflux.example.chat;

import io.claudeflux.CallOptions;
import io.claudeflux.ClaudeClient;
import io.claudeflux.ClientMetrics;
import io.claudeflux.Messages;
import io.claudeflux.Models;
import io.claudeflux.catalog.ModelInfo;
import io.claudeflux.catalog.ModelQuery;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.fixture.Await;
import io.claudeflux.fixture.ScriptedServer;
import java.time.Duration;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The example on a port of its own, with a client that each test changes; a start of Spring takes a second. */
final class ChatService implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final RetryPolicy QUICK =
            RetryPolicy.defaults().withThrottlingBackoff(Duration.ofMillis(300), Duration.ofMillis(400));

    private final ChangingClient claude = new ChangingClient();
    private final ConfigurableApplicationContext context;

    private ChatService() {
        SpringApplication application = ChatApplication.application();
        application.addInitializers(starting -> ((GenericApplicationContext) starting)
                .registerBean("changingClient", ClaudeClient.class, () -> claude));
        context = application.run("--server.port=0", "--claude-flux.api-key=sk-test");
    }

    static ChatService start() {
        return new ChatService();
    }

    String url() {
        return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
    }

    /** Asks this server from now on, with a new client. */
    void ask(ScriptedServer server) {
        ask(server, QUICK);
    }

    void ask(ScriptedServer server, RetryPolicy retry) {
        claude.current.close();
        claude.current = ClaudeClient.builder()
                .apiKey("sk-test")
                .baseUrl(server.baseUrl())
                .retry(retry)
                .build();
    }

    ClientMetrics metrics() {
        return claude.metrics();
    }

    /** Waits until no permit is held and nobody waits for one, or fails the test. */
    void awaitIdle() {
        Await.untilOrFail(
                "no permit in use",
                SOON,
                () -> metrics().permits().inUse() == 0 && metrics().queue().waiting() == 0);
    }

    @Override
    public void close() {
        context.close();
        claude.current.close();
    }

    private static final class ChangingClient implements ClaudeClient {
        volatile ClaudeClient current = ClaudeClient.builder()
                .apiKey("sk-test")
                .baseUrl("http://127.0.0.1:9")
                .build();

        @Override
        public Messages messages() {
            return current.messages();
        }

        @Override
        public Models models() {
            return new NoModels();
        }

        @Override
        public ClientMetrics metrics() {
            return current.metrics();
        }

        @Override
        public Mono<Void> closeGracefully(Duration grace) {
            return Mono.empty();
        }

        @Override
        public void close() {
            current.close();
        }
    }

    /** Scripted servers know messages only. */
    private static final class NoModels implements Models {
        @Override
        public Flux<ModelInfo> list(ModelQuery query) {
            return Flux.error(new UnsupportedOperationException("no models"));
        }

        @Override
        public Mono<ModelInfo> retrieve(String idOrAlias) {
            return list(ModelQuery.served()).next();
        }

        @Override
        public Models with(CallOptions options) {
            return this;
        }
    }
}
