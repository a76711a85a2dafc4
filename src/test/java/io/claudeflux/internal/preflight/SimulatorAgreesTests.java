package io.claudeflux.internal.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.ClaudeClient;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.error.InvalidRequestException;
import io.claudeflux.error.PreflightException;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.simulator.ClaudeSimulator;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Preflight against the simulator's own checks, which were written without it. */
class SimulatorAgreesTests {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static ClaudeSimulator claude;

    @BeforeAll
    static void start() {
        claude = ClaudeSimulator.start();
    }

    @AfterAll
    static void stop() {
        claude.close();
    }

    static Stream<Case> judgedByBoth() {
        return PreflightTests.bad().filter(Case::isSimulated);
    }

    static Stream<Case> good() {
        return PreflightTests.good();
    }

    @ParameterizedTest
    @MethodSource("judgedByBoth")
    void whatIsRefusedHereIsRefusedThere(Case bad) {
        try (ClaudeClient careful = client(bad, true);
                ClaudeClient careless = client(bad, false)) {
            int before = claude.requests().size();
            assertThatThrownBy(() -> ask(careful, bad.request())).isInstanceOf(PreflightException.class);
            assertThat(claude.requests()).hasSize(before);
            assertThatThrownBy(() -> ask(careless, bad.request())).isInstanceOf(InvalidRequestException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("good")
    void whatIsTakenHereIsTakenThere(Case good) {
        try (ClaudeClient client = client(good, true)) {
            assertThat(ask(client, good.request())).isNotNull();
        }
    }

    private static ClaudeClient client(Case sent, boolean isCareful) {
        return ClaudeClient.builder()
                .apiKey("test")
                .baseUrl(claude.baseUrl())
                .apiVersion(sent.version())
                .beta(sent.betas().toArray(String[]::new))
                .retry(RetryPolicy.none())
                .preflight(isCareful)
                .build();
    }

    private static @Nullable Object ask(ClaudeClient client, MessageRequest request) {
        return client.messages().create(request).block(LIMIT);
    }
}
