package io.claudeflux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.ClaudeClient;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.MessageRequestBuilder;
import io.claudeflux.simulator.ClaudeSimulator;
import io.claudeflux.stream.StreamEvent;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class RecitalTests {
    private static final Duration WAIT = Duration.ofSeconds(20);

    private final Recital recital = new Recital();
    private final ClaudeSimulator simulator = ClaudeSimulator.builder()
            .pace(Duration.ofMillis(5))
            .respondWith(recital)
            .start();
    private final ClaudeClient claude =
            ClaudeClient.builder().apiKey("test").baseUrl(simulator.baseUrl()).build();

    @AfterEach
    void stop() {
        claude.close();
        simulator.close();
    }

    private static MessageRequestBuilder request() {
        return MessageRequest.builder().model(Ask.DEFAULT_MODEL).maxTokens(100).user("Recite.");
    }

    @Test
    void anAnswerGoesOnUntilItIsEndedAndIsWholeThen() {
        Flux<StreamEvent> events = claude.messages().stream(request().build());

        events.as(StepVerifier::create)
                .expectNextCount(12)
                .then(recital::end)
                .thenConsumeWhile(event -> true)
                .expectComplete()
                .verify(WAIT);
        // Those that come late have no words left.
        assertThat(events.count().block(WAIT)).isEqualTo(5);
    }

    @Test
    void aFloodComesWithoutAPace() {
        Flux<StreamEvent> flood =
                claude.messages().stream(request().header(Recital.FLOOD, "yes").build());

        assertThat(flood.take(20_000).count().block(WAIT)).isEqualTo(20_000);
    }
}
