package io.claudeflux.example.dashboard;

import io.claudeflux.ClaudeClient;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.config.Timeouts;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.micrometer.ClaudeMetrics;
import io.claudeflux.micrometer.ClaudeObservations;
import io.claudeflux.simulator.ClaudeSimulator;
import io.claudeflux.simulator.Reply;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler.IgnoredMeters;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** A client with all its meters, some traffic that does not always go well, and an endpoint for Prometheus. */
public final class Dashboard {
    private static final int PORT = 9464;

    private Dashboard() {}

    /**
     * Makes traffic until it is interrupted.
     *
     * @param args a port other than 9464
     */
    public static void main(String[] args) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        int port = args.length == 0 ? PORT : Integer.parseInt(args[0]);
        try (ClaudeSimulator simulator = unreliableServer(Duration.ofMillis(20));
                ClaudeClient claude = measuredClient(simulator.baseUrl(), registry)) {
            DisposableServer metrics = serve(registry, port);
            System.out.println("http://127.0.0.1:" + metrics.port() + "/metrics");
            Flux.interval(Duration.ofMillis(50))
                    .onBackpressureDrop()
                    .flatMap(i -> call(claude, i), 256)
                    .blockLast();
        }
    }

    /** The client as an application without Spring Boot makes it; with Boot, all of this is there by itself. */
    static ClaudeClient measuredClient(String baseUrl, PrometheusMeterRegistry registry) {
        registry.config().meterFilter(ClaudeMetrics.buckets());
        ObservationRegistry observations = ObservationRegistry.create();
        observations
                .observationConfig()
                .observationHandler(new DefaultMeterObservationHandler(registry, IgnoredMeters.LONG_TASK_TIMER));
        ClaudeClient claude = ClaudeClient.builder()
                .apiKey("simulated")
                .baseUrl(baseUrl)
                .listener(ClaudeObservations.listener(observations))
                .listener(ClaudeMetrics.listener(registry))
                .maxConcurrentRequests(16)
                .timeouts(Timeouts.defaults().withIdle(Duration.ofMillis(500)))
                .retry(RetryPolicy.defaults().withTransientBackoff(Duration.ofMillis(10), Duration.ofMillis(100)))
                .build();
        new ClaudeMetrics(claude).bindTo(registry);
        return claude;
    }

    /** Answers most of the time. */
    static ClaudeSimulator unreliableServer(Duration pace) {
        return ClaudeSimulator.builder()
                .pace(pace)
                .respondWith(request -> answer(ThreadLocalRandom.current().nextInt(100)))
                .start();
    }

    private static Reply answer(int dice) {
        if (dice < 4) {
            return Reply.error(529);
        }
        if (dice < 6) {
            return Reply.reply("This answer is not going to be finished.").cutAfterEvents(6);
        }
        if (dice < 7) {
            return Reply.reply("This answer falls silent in the middle.").stallAfterEvents(6);
        }
        return Reply.reply("A simulated answer of about a dozen words, written one after another.")
                .cacheUsage(100, 2_000);
    }

    /** One call; each twentieth visitor leaves in the middle. */
    static Mono<Void> call(ClaudeClient claude, long number) {
        MessageRequest request = MessageRequest.builder()
                .model(number % 3 == 0 ? "claude-haiku-4-5" : "claude-sonnet-5-5")
                .maxTokens(1024)
                .user("How are you?")
                .build();
        Flux<String> text = claude.messages().streamText(request);
        return (number % 20 == 0 ? text.take(3) : text).then().onErrorComplete();
    }

    /** What Prometheus asks for. */
    static DisposableServer serve(PrometheusMeterRegistry registry, int port) {
        return HttpServer.create()
                .host("127.0.0.1")
                .port(port)
                .route(routes -> routes.get(
                        "/metrics",
                        (request, response) -> response.header(
                                        "content-type", "text/plain; version=0.0.4; charset=utf-8")
                                .sendString(Mono.fromSupplier(registry::scrape))))
                .bindNow(Duration.ofSeconds(10));
    }
}
