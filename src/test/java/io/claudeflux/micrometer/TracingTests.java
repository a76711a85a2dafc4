package io.claudeflux.micrometer;

import static io.claudeflux.micrometer.Answers.BUSY;
import static io.claudeflux.micrometer.Answers.GOOD;
import static io.claudeflux.micrometer.Answers.LIMIT;
import static io.claudeflux.micrometer.Answers.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.ClaudeClient;
import io.claudeflux.Messages;
import io.claudeflux.fixture.Canary;
import io.claudeflux.fixture.ScriptedServer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** From a caller's span, through the observations of a call, to the headers that the server gets. */
@Timeout(60)
class TracingTests {
    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final SdkTracerProvider provider = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(spans))
            .build();
    private final ObservationRegistry registry = ObservationRegistry.create();

    @BeforeEach
    void trace() {
        OtelTracer tracer = new OtelTracer(provider.get("test"), new OtelCurrentTraceContext(), event -> {});
        OtelPropagator propagator = new OtelPropagator(
                ContextPropagators.create(W3CTraceContextPropagator.getInstance()), provider.get("test"));
        registry.observationConfig()
                .observationHandler(new FirstMatchingCompositeObservationHandler(
                        new PropagatingSenderTracingObservationHandler<>(tracer, propagator),
                        new DefaultTracingObservationHandler(tracer)));
    }

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void eachAttemptIsASpanThatTheServerHearsOf() {
        Observation page = Observation.start("page", registry);
        List<String> sent;
        try (ScriptedServer server = ScriptedServer.start(BUSY, GOOD);
                ClaudeClient claude = Answers.client(server, ClaudeObservations.listener(registry))) {
            StepVerifier.create(claude.messages().stream(request())
                            .contextWrite(context -> context.put("micrometer.observation", page))
                            .then())
                    .expectComplete()
                    .verify(LIMIT);
            sent = server.requests().stream()
                    .map(got -> got.header("traceparent").orElse("none"))
                    .toList();
        }
        page.stop();
        SpanData caller = span("page");
        SpanData call = span("chat claude-sonnet-5-5");
        SpanData first = span("attempt 1");
        SpanData second = span("attempt 2");
        assertThat(spans.getFinishedSpanItems()).hasSize(4);
        assertThat(call.getParentSpanId()).isEqualTo(caller.getSpanId());
        assertThat(first.getParentSpanId()).isEqualTo(call.getSpanId());
        assertThat(second.getParentSpanId()).isEqualTo(call.getSpanId());
        assertThat(List.of(call, first, second))
                .allMatch(span -> span.getKind() == SpanKind.CLIENT)
                .allMatch(span -> span.getTraceId().equals(caller.getTraceId()));
        // Ahead of the flags, which differ from version to version.
        assertThat(sent)
                .extracting(header -> header.substring(0, header.lastIndexOf('-')))
                .containsExactly(traceparent(first), traceparent(second));
        assertThat(first.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(second.getStatus().getStatusCode()).isNotEqualTo(StatusCode.ERROR);
        assertThat(call.getEvents())
                .extracting(EventData::getName)
                .satisfiesExactly(
                        retry -> assertThat(retry).matches("retry after overloaded_error in \\d+ ms"),
                        chunk -> assertThat(chunk).isEqualTo("first chunk"));
        assertThat(spans.getFinishedSpanItems().toString())
                .satisfies(all -> assertThat(Canary.needles().isIn(all)).isFalse());
    }

    @Test
    void noEventOfAStreamOpensAScope() {
        List<String> opened = new CopyOnWriteArrayList<>();
        registry.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {
            @Override
            public void onScopeOpened(Observation.Context context) {
                opened.add(context.getName() + " on " + Thread.currentThread().getName());
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }
        });
        Observation page = Observation.start("page", registry);
        try (ScriptedServer server = ScriptedServer.start(GOOD);
                ClaudeClient claude = Answers.client(server, ClaudeObservations.listener(registry))) {
            Messages messages = claude.messages();
            for (Flux<?> answer : List.of(
                    messages.stream(request()),
                    messages.streamText(request()),
                    messages.create(request()).flux(),
                    messages.countTokens(request()).onErrorComplete().flux())) {
                StepVerifier.create(answer.contextWrite(context -> context.put("micrometer.observation", page))
                                .then())
                        .expectComplete()
                        .verify(LIMIT);
            }
        }
        page.stop();
        assertThat(opened).isEmpty();
    }

    private SpanData span(String name) {
        return spans.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not among " + spans.getFinishedSpanItems()));
    }

    private static String traceparent(SpanData span) {
        return "00-" + span.getTraceId() + "-" + span.getSpanId();
    }
}
