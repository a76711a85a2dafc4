package io.claudeflux.bench;

import com.sun.management.OperatingSystemMXBean;
import io.claudeflux.ClaudeClient;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.micrometer.ClaudeMetrics;
import io.claudeflux.micrometer.ClaudeObservations;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import reactor.core.publisher.Flux;
import reactor.netty.DisposableServer;

/**
 * What observations and metrics cost: streams over a loopback connection by a client that is observed and by one that
 * is not, in turns, some at a time, so that whatever else the machine does falls on both; below an observation of the
 * caller, as in a web request. Prints the ratio of the medians.
 *
 * <p>A program of its own and no benchmark of JMH, which runs one thing after another and never in turns.
 */
public final class TelemetryBenchmark {
    private static final int EVENTS = 200;
    private static final int AT_ONCE = 16;
    private static final int STREAMS = 1_500;
    private static final int WARM_UP = 6;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private TelemetryBenchmark() {}

    /**
     * Runs it.
     *
     * @param args how many rounds, 40 if nothing is said
     */
    public static void main(String[] args) {
        int rounds = args.length == 0 ? 40 : Integer.parseInt(args[0]);
        DisposableServer server = LoopbackAnswer.start(EVENTS, 1);
        String url = "http://127.0.0.1:" + server.port();
        Observation page = Observation.start("page", observations(new SimpleMeterRegistry()));
        try (ClaudeClient plain = client(url).build();
                ClaudeClient observed = observed(url)) {
            long[][] nanos = new long[2][rounds];
            for (int round = -WARM_UP; round < rounds; round++) {
                // Who is first changes from round to round: the second one finds caches that are warm.
                boolean isPlainFirst = round % 2 == 0;
                long first = run(isPlainFirst ? plain : observed, page);
                long second = run(isPlainFirst ? observed : plain, page);
                if (round >= 0) {
                    nanos[0][round] = isPlainFirst ? first : second;
                    nanos[1][round] = isPlainFirst ? second : first;
                }
            }
            report(nanos[0], nanos[1]);
        } finally {
            server.disposeNow(LIMIT);
        }
    }

    private static void report(long[] plain, long[] observed) {
        double[] ratios = new double[plain.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = (double) observed[i] / plain[i];
        }
        Arrays.sort(ratios);
        Arrays.sort(plain);
        Arrays.sort(observed);
        int middle = ratios.length / 2;
        System.out.printf(
                "%d events a stream: plain %d ns, observed %d ns an event; ratio of the medians %.4f,"
                        + " median of the ratios %.4f, quartiles %.4f and %.4f%n",
                EVENTS,
                plain[middle] / STREAMS / EVENTS,
                observed[middle] / STREAMS / EVENTS,
                (double) observed[middle] / plain[middle],
                ratios[middle],
                ratios[ratios.length / 4],
                ratios[ratios.length * 3 / 4]);
    }

    private static long run(ClaudeClient claude, Observation caller) {
        MessageRequest request = MessageRequest.builder()
                .model("claude-sonnet-5-5")
                .maxTokens(1)
                .user("Hello")
                .build();
        long began = processorTime();
        Flux.range(0, STREAMS)
                .flatMap(i -> claude.messages().stream(request).then(), AT_ONCE)
                .contextWrite(context -> context.put("micrometer.observation", caller))
                .blockLast(LIMIT);
        return processorTime() - began;
    }

    private static long processorTime() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static ClaudeClient.Builder client(String url) {
        return ClaudeClient.builder().apiKey("bench").baseUrl(url);
    }

    private static ClaudeClient observed(String url) {
        MeterRegistry meters = new SimpleMeterRegistry();
        ClaudeClient claude = client(url)
                .listener(ClaudeObservations.listener(observations(meters)))
                .listener(ClaudeMetrics.listener(meters))
                .build();
        new ClaudeMetrics(claude).bindTo(meters);
        return claude;
    }

    private static ObservationRegistry observations(MeterRegistry meters) {
        ObservationRegistry observations = ObservationRegistry.create();
        observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
        return observations;
    }
}
