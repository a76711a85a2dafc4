package io.claudeflux.micrometer;

import static io.claudeflux.micrometer.Answers.BUSY;
import static io.claudeflux.micrometer.Answers.CUT;
import static io.claudeflux.micrometer.Answers.GOOD;
import static io.claudeflux.micrometer.Answers.LIMIT;
import static io.claudeflux.micrometer.Answers.SILENT;
import static io.claudeflux.micrometer.Answers.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.ClaudeClient;
import io.claudeflux.config.Timeouts;
import io.claudeflux.fixture.Canary;
import io.claudeflux.fixture.ScriptedServer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** What is counted, and how a scrape names it. */
@Timeout(60)
class ClaudeMetricsTests {
    private final MeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void callsAreCountedByWhatBecameOfThem() {
        try (ScriptedServer server = ScriptedServer.start(BUSY, GOOD, CUT, SILENT, SILENT);
                ClaudeClient claude = Answers.client(
                        server,
                        ClaudeMetrics.listener(meters),
                        b -> b.timeouts(Timeouts.defaults().withIdle(Duration.ofMillis(100))))) {
            new ClaudeMetrics(claude).bindTo(meters);
            end(claude.messages().stream(request()));
            end(claude.messages().stream(request()));
            end(claude.messages().stream(request()));
            StepVerifier.create(claude.messages().stream(request()))
                    .expectNextCount(2)
                    .thenCancel()
                    .verify(LIMIT);
            assertThat(value("claude.flux.attempts")).isEqualTo(5);
            assertThat(value("claude.flux.calls", "outcome", "completed")).isEqualTo(1);
            assertThat(value("claude.flux.calls", "outcome", "failed")).isEqualTo(2);
            assertThat(value("claude.flux.calls", "outcome", "cancelled")).isEqualTo(1);
            assertThat(value("claude.flux.retries", "error.type", "overloaded_error"))
                    .isEqualTo(1);
            assertThat(value("claude.flux.streams.broken", "reason", "truncated", "retried", "false"))
                    .isEqualTo(1);
            assertThat(value("claude.flux.streams.broken", "reason", "stalled", "retried", "false"))
                    .isEqualTo(1);
            assertThat(value("claude.flux.tokens", "kind", "input")).isEqualTo(40);
            assertThat(meters.get("gen_ai.client.token.usage")
                            .tag("gen_ai.token.type", "input")
                            .summary()
                            .count())
                    .isEqualTo(4);
            assertThat(meters.get("gen_ai.client.operation.time_to_first_chunk")
                            .timer()
                            .count())
                    .isEqualTo(4);
            assertThat(meters.get("claude.flux.queue.wait").functionTimer().count())
                    .isEqualTo(5);
            assertThat(value("claude.flux.permits.limit")).isEqualTo(256);
        }
        assertClean();
    }

    @Test
    void tokensOfAnAttemptThatIsMadeAgainAreConsumedAllTheSame() {
        try (ScriptedServer server = ScriptedServer.start(CUT, GOOD);
                ClaudeClient claude = Answers.client(server, ClaudeMetrics.listener(meters))) {
            end(claude.messages().create(request()).flux());
        }
        assertThat(value("claude.flux.tokens", "kind", "input")).isEqualTo(20);
        assertThat(value("claude.flux.streams.broken", "reason", "truncated", "retried", "true"))
                .isEqualTo(1);
        assertThat(meters.get("gen_ai.client.token.usage")
                        .tag("gen_ai.token.type", "input")
                        .summary()
                        .totalAmount())
                .isEqualTo(10);
        assertClean();
    }

    @Test
    void twoClientsOfOneRegistryDoNotMix() {
        try (ScriptedServer server = ScriptedServer.start(GOOD);
                ClaudeClient one = Answers.client(server, ClaudeMetrics.listener(meters, "one"));
                ClaudeClient two = Answers.client(
                        server, ClaudeMetrics.listener(meters, "two"), b -> b.maxConcurrentRequests(7))) {
            new ClaudeMetrics(one, "one").bindTo(meters);
            new ClaudeMetrics(two, "two").bindTo(meters);
            end(one.messages().stream(request()));
            assertThat(value("claude.flux.permits.max", "client", "one")).isEqualTo(256);
            assertThat(value("claude.flux.permits.max", "client", "two")).isEqualTo(7);
            assertThat(value("claude.flux.calls", "outcome", "completed", "client", "one"))
                    .isEqualTo(1);
            assertThat(value("claude.flux.calls", "outcome", "completed", "client", "two"))
                    .isZero();
            assertThat(meters.find("claude.flux.tokens").tag("client", "two").counters())
                    .isEmpty();
        }
    }

    @Test
    void scrapeHasTheNamesThatOpenTelemetryGives() {
        PrometheusMeterRegistry scraped = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        scraped.config().meterFilter(ClaudeMetrics.buckets());
        ObservationRegistry observations = ObservationRegistry.create();
        observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(scraped));
        try (ScriptedServer server = ScriptedServer.start(BUSY, GOOD);
                ClaudeClient claude = Answers.client(
                        server,
                        ClaudeMetrics.listener(scraped),
                        b -> b.listener(ClaudeObservations.listener(observations)))) {
            new ClaudeMetrics(claude).bindTo(scraped);
            end(claude.messages().stream(request()));
            String scrape = scraped.scrape();
            assertThat(scrape.lines().filter(line -> line.startsWith("# TYPE")).map(line -> line.substring(7)))
                    .contains(
                            "gen_ai_client_operation_duration_seconds histogram",
                            "gen_ai_client_operation_time_to_first_chunk_seconds histogram",
                            "gen_ai_client_token_usage histogram",
                            "claude_flux_attempt_seconds summary",
                            "claude_flux_attempts_total counter",
                            "claude_flux_calls_total counter",
                            "claude_flux_gate_closed gauge",
                            "claude_flux_gate_remaining_seconds gauge",
                            "claude_flux_permits_limit gauge",
                            "claude_flux_permits_max gauge",
                            "claude_flux_permits_used gauge",
                            "claude_flux_queue_refused_total counter",
                            "claude_flux_queue_wait_seconds summary",
                            "claude_flux_queue_waiting gauge",
                            "claude_flux_retries_total counter",
                            "claude_flux_streams_broken_total counter",
                            "claude_flux_tokens_total counter");
            assertThat(scrape)
                    .contains("gen_ai_client_operation_duration_seconds_bucket{error=\"none\",error_type=\"none\",")
                    .contains("le=\"81.92\"")
                    .contains("le=\"6.7108864E7\"");
            assertThat(Canary.needles().isIn(scrape)).isFalse();
        }
    }

    private void assertClean() {
        String all = meters.getMeters().stream()
                .map(Meter::getId)
                .map(id ->
                        id.getName() + id.getTags().stream().map(Tag::getValue).collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n"));
        assertThat(Canary.needles().isIn(all)).isFalse();
    }

    private double value(String name, String... tags) {
        Meter meter = meters.get(name).tags(tags).meter();
        return meter.measure().iterator().next().getValue();
    }

    private static void end(Flux<?> answer) {
        StepVerifier.create(answer.then().onErrorComplete()).expectComplete().verify(LIMIT);
    }
}
