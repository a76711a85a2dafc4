package io.claudeflux.cli;

import io.claudeflux.ClaudeClient;
import io.claudeflux.ClientMetrics;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.MessageRequestBuilder;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * All streams of a plan: started at its rate, kept open together for a while, then ended; and what is measured of them.
 *
 * <p>Streams are read on the client's event loops; everything else is confined to the thread that starts them.
 */
final class LoadRun {
    private static final int MOST_TO_WARM_UP = 1_000;
    private static final int WARM_UP_AT_ONCE = 32;

    /** Between two looks at the clock: time for other things. */
    private static final int MOST_AT_ONCE = 100;

    /** Enough to be open and in the middle of the answer. */
    private static final int EVENTS_OF_THE_STOPPED = 3;

    private final LoadPlan plan;
    private final ClaudeClient claude;
    private final LoadMeter meter;
    private final Gauge gauge = new Gauge();
    private final MessageRequest request = request().build();
    private final MessageRequest flood = request().header(Recital.FLOOD, "yes").build();
    private final Runnable endAnswers;
    private @Nullable LoadStream stopped;
    private long startNanos = System.nanoTime();
    private int started;
    private @Nullable Mark full;
    private @Nullable Mark ending;

    /** When so many events had been delivered. */
    private record Mark(long nanos, long events) {}

    /** A run that makes the server end all answers when they have been open together for long enough. */
    LoadRun(LoadPlan plan, ClaudeClient claude, Runnable endAnswers) {
        this.plan = plan;
        this.claude = claude;
        this.endAnswers = endAnswers;
        this.meter = new LoadMeter(plan.streams(), plan.streams() - (plan.hasStopped() ? 1 : 0));
    }

    private static MessageRequestBuilder request() {
        return MessageRequest.builder()
                .model(Ask.DEFAULT_MODEL)
                .maxTokens(100_000)
                .user("Say something that takes a while.");
    }

    /**
     * The beginnings of many answers, so that what first requests load, compile and allocate is there before it is
     * measured.
     */
    static Mono<Void> warmUp(LoadPlan plan, ClaudeClient claude) {
        MessageRequest request = request().build();
        return Flux.range(0, Math.min(plan.streams(), MOST_TO_WARM_UP))
                .flatMap(i -> claude.messages().stream(request).take(1), WARM_UP_AT_ONCE)
                .then();
    }

    /** Completes when those streams have ended that end by themselves. */
    Mono<Void> allEnded() {
        return meter.allEnded();
    }

    /** Starts the streams whose time has come; of many that are late, some. To be called often. */
    void startDue() {
        long now = System.nanoTime();
        if (started == 0) {
            startNanos = now;
        }
        double due = 1 + (now - startNanos) / 1e9 * plan.rate();
        int batchEnd = Math.min(plan.streams(), started + MOST_AT_ONCE);
        while (started < batchEnd && started < due) {
            start(started++);
        }
    }

    private void start(int index) {
        if (plan.hasStopped() && index == plan.concurrent() / 2) {
            stopped = LoadStream.stoppingAfter(EVENTS_OF_THE_STOPPED, meter);
            claude.messages().stream(flood).subscribe(stopped);
        } else {
            claude.messages().stream(request).subscribe(LoadStream.eager(meter));
        }
    }

    /** Gives up the stream that nobody reads. */
    void cancelStopped() {
        if (stopped != null) {
            stopped.cancel();
        }
    }

    /** How things stand; to be asked for often, since it is what moves the run on. */
    LoadState state() {
        Mark now = new Mark(System.nanoTime(), meter.counts().events());
        if (full == null && meter.isFull(plan.concurrent())) {
            gauge.measureHeap(meter.open());
            full = now;
        } else if (full != null && ending == null && now.nanos() - full.nanos() >= plan.openNanos()) {
            ending = now;
            endAnswers.run();
        }
        return new LoadState(
                plan,
                TimeUnit.NANOSECONDS.toMillis(now.nanos() - startNanos),
                meter.counts(),
                eventsPerSecond(),
                meter.firstEvents(),
                gauge.read(),
                admission());
    }

    private long eventsPerSecond() {
        return full == null || ending == null
                ? 0
                : TimeUnit.SECONDS.toNanos(ending.events() - full.events()) / (ending.nanos() - full.nanos());
    }

    private LoadState.Admission admission() {
        ClientMetrics metrics = claude.metrics();
        return new LoadState.Admission(
                metrics.permits().limit(),
                metrics.permits().inUse(),
                metrics.queue().waiting());
    }

    /** Why streams failed, and how many of them. */
    Map<String, Integer> complaints() {
        return meter.complaints();
    }
}
