package io.claudeflux.micrometer;

import io.claudeflux.CallListener;
import io.claudeflux.ClaudeClient;
import io.claudeflux.ClientMetrics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.config.MeterFilter;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * The meters of a client. There are two parts: what a client can be asked for at any time, which is bound to a
 * registry, and what a {@link #listener} counts while calls come and go.
 *
 * <pre>{@code
 * ClaudeClient claude = ClaudeClient.builder().listener(ClaudeMetrics.listener(registry)).build();
 * new ClaudeMetrics(claude).bindTo(registry);
 * }</pre>
 *
 * <p>Bound to the registry, each with a tag {@code client}:
 *
 * <ul>
 *   <li>gauges {@code claude.flux.permits.used}, {@code .limit} and {@code .max}, {@code claude.flux.queue.waiting},
 *       {@code claude.flux.gate.closed} (how many models are kept back after a 429) and
 *       {@code claude.flux.gate.remaining} (for how much longer at most);
 *   <li>{@code claude.flux.queue.wait}, a timer of all waits for permits, and the counter
 *       {@code claude.flux.queue.refused} by {@code reason} ({@code full}, {@code late});
 *   <li>counters {@code claude.flux.attempts}, and {@code claude.flux.calls} by {@code outcome} ({@code completed},
 *       {@code failed}, {@code cancelled}).
 * </ul>
 *
 * <p>Counted by the listener, with the tag {@code client} too:
 *
 * <ul>
 *   <li>{@code gen_ai.client.token.usage}, tokens of a call by {@code gen_ai.token.type} ({@code input},
 *       {@code output}), and {@code gen_ai.client.operation.time_to_first_chunk}, a timer from the subscription to the
 *       first content;
 *   <li>{@code claude.flux.tokens} by {@code kind} ({@code input}, {@code cache_read}, {@code cache_creation},
 *       {@code output}), those of attempts included that broke and were made again;
 *   <li>{@code claude.flux.retries} by {@code error.type}, and {@code claude.flux.streams.broken} by {@code reason}
 *       ({@code truncated}, {@code stalled}) and by whether they were {@code retried}.
 * </ul>
 *
 * <p>How long calls take is in none of them, but in the timer that {@link ClaudeObservations} makes of observations:
 * without tracing, {@code registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters))}
 * is all that an {@code ObservationRegistry} needs for that.
 *
 * <p>Two clients in one registry need two names. A registry holds its client weakly; what is asked of it is a snapshot,
 * {@link ClaudeClient#metrics()}, which costs microseconds.
 */
public final class ClaudeMetrics implements MeterBinder {
    private static final String DEFAULT_NAME = "default";

    private final ClaudeClient client;
    private final Tags tags;

    /**
     * The meters of the only client, which is named {@code default}.
     *
     * @param client whose meters
     */
    public ClaudeMetrics(ClaudeClient client) {
        this(client, DEFAULT_NAME);
    }

    /**
     * The meters of a client.
     *
     * @param client whose meters
     * @param name the value of their tag {@code client}
     */
    public ClaudeMetrics(ClaudeClient client, String name) {
        this.client = Objects.requireNonNull(client, "client");
        this.tags = Tags.of("client", name);
    }

    /**
     * A listener that counts what a snapshot does not tell, for the only client, which is named {@code default}.
     *
     * @param registry where it counts
     * @return a listener
     */
    public static CallListener listener(MeterRegistry registry) {
        return listener(registry, DEFAULT_NAME);
    }

    /**
     * A listener that counts what a snapshot does not tell.
     *
     * @param registry where it counts
     * @param name the value of the tag {@code client}
     * @return a listener
     */
    public static CallListener listener(MeterRegistry registry, String name) {
        return new CallMeters(registry, Tags.of("client", name));
    }

    /**
     * Gives the {@code gen_ai} meters the buckets that the conventions ask for, from which a dashboard computes
     * percentiles: 14 from 10 ms to 82 s for times, 14 from 1 to 67 million for tokens. Without them, these meters have
     * count, sum and maximum.
     *
     * <pre>{@code
     * registry.config().meterFilter(ClaudeMetrics.buckets());
     * }</pre>
     *
     * @return a filter to be set before there are meters
     */
    public static MeterFilter buckets() {
        return new GenAiBuckets();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(
                registry,
                "permits.used",
                "Requests under way",
                now -> now.permits().inUse());
        gauge(
                registry,
                "permits.limit",
                "Requests that may be under way now",
                now -> now.permits().limit());
        gauge(
                registry,
                "permits.max",
                "Requests that may ever be under way",
                now -> now.permits().max());
        gauge(
                registry,
                "queue.waiting",
                "Calls that wait for a permit",
                now -> now.queue().waiting());
        gauge(
                registry,
                "gate.closed",
                "Models kept back after a 429",
                now -> now.models().stream()
                        .filter(model -> !model.closedFor().isZero())
                        .count());
        bindQueue(registry);
        counter("attempts", now -> now.calls().attempts())
                .description("Attempts begun")
                .register(registry);
        calls(registry, "completed", ClientMetrics.Calls::completed);
        calls(registry, "failed", ClientMetrics.Calls::failed);
        calls(registry, "cancelled", ClientMetrics.Calls::cancelled);
    }

    private void bindQueue(MeterRegistry registry) {
        TimeGauge.builder("claude.flux.gate.remaining", client, TimeUnit.NANOSECONDS, ClaudeMetrics::longestClosed)
                .description("Time until the last model is let out again")
                .tags(tags)
                .register(registry);
        FunctionTimer.builder(
                        "claude.flux.queue.wait",
                        client,
                        of -> of.metrics().queue().granted(),
                        of -> of.metrics().queue().waited().toNanos(),
                        TimeUnit.NANOSECONDS)
                .description("Waits for a permit, of each attempt")
                .tags(tags)
                .register(registry);
        String refused = "Calls that the queue refused";
        counter("queue.refused", now -> now.queue().refusedFull())
                .tag("reason", "full")
                .description(refused)
                .register(registry);
        counter("queue.refused", now -> now.queue().refusedLate())
                .tag("reason", "late")
                .description(refused)
                .register(registry);
    }

    private void calls(MeterRegistry registry, String outcome, ToLongFunction<ClientMetrics.Calls> count) {
        counter("calls", now -> count.applyAsLong(now.calls()))
                .tag("outcome", outcome)
                .description("Calls by how they ended")
                .register(registry);
    }

    private static double longestClosed(ClaudeClient client) {
        return client.metrics().models().stream()
                .map(ClientMetrics.Model::closedFor)
                .mapToLong(Duration::toNanos)
                .max()
                .orElse(0);
    }

    private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<ClientMetrics> value) {
        Gauge.builder("claude.flux." + name, client, of -> value.applyAsDouble(of.metrics()))
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private FunctionCounter.Builder<ClaudeClient> counter(String name, ToLongFunction<ClientMetrics> value) {
        return FunctionCounter.builder("claude.flux." + name, client, of -> value.applyAsLong(of.metrics()))
                .tags(tags);
    }
}
