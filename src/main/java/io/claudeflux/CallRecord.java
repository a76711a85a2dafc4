package io.claudeflux;

import io.claudeflux.config.Timeouts;
import io.claudeflux.error.CallFacts;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.FailedAttempt;
import io.claudeflux.message.RequestShape;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * What happened to a call, for its report. Written to by the signals of its attempts, one after another; the total
 * clock may read it on another thread.
 */
final class CallRecord {
    private final Errand errand;
    private final Site site;
    private final Scheduler timer;
    private final Instant began;
    private volatile List<FailedAttempt> failed = List.of();
    private volatile Attempt attempt = new Attempt(0, "", 0);
    private volatile int bodyBytes;
    /** Found when the first attempt fails: most calls never ask for it, and a large request takes a moment. */
    private volatile @Nullable RequestShape shape;

    CallRecord(Errand errand, Site site, Scheduler timer) {
        this.errand = errand;
        this.site = site;
        this.timer = timer;
        this.began = Instant.ofEpochMilli(timer.now(TimeUnit.MILLISECONDS));
    }

    /**
     * Where the calls of a client go, and from where.
     *
     * @param baseUrl what their paths are below
     * @param platform the libraries it runs on
     */
    record Site(URI baseUrl, String platform) {}

    private record Attempt(int number, String model, long beganNanos) {}

    /** An attempt has its permit. */
    void begin(int number, String model) {
        attempt = new Attempt(number, model, now());
    }

    /** Its body is written. */
    void write(int bytes) {
        bodyBytes = bytes;
    }

    /** An attempt failed, and another one follows after the delay. */
    void fail(ClaudeException failure, Duration delay) {
        failed = with(failure, delay);
    }

    /** The failure with all there is to say about its call. */
    ClaudeException complete(ClaudeException failure, Timeouts timeouts) {
        CallFacts facts = new CallFacts(
                began,
                Duration.between(began, Instant.ofEpochMilli(timer.now(TimeUnit.MILLISECONDS))),
                errand.endpoint().at(site.baseUrl()),
                with(failure, null),
                clocks(timeouts, bodyBytes),
                shape(),
                bodyBytes,
                site.platform());
        return failure.withContext(failure.context().withFacts(facts));
    }

    private @Nullable RequestShape shape() {
        RequestShape known = shape;
        if (known == null) {
            known = errand.shape();
            shape = known;
        }
        return known;
    }

    private List<FailedAttempt> with(ClaudeException failure, @Nullable Duration delay) {
        Attempt last = attempt;
        List<FailedAttempt> known = failed;
        int counted = known.isEmpty() ? 0 : known.get(known.size() - 1).number();
        if (last.number() <= counted) {
            return known; // it failed in the queue, without an attempt of its own
        }
        List<FailedAttempt> all = new ArrayList<>(known);
        all.add(new FailedAttempt(
                last.number(),
                last.model(),
                Duration.ofNanos(now() - last.beganNanos()),
                failure.summary(),
                failure.requestId().orElse(null),
                delay));
        return all;
    }

    private static Map<String, Duration> clocks(Timeouts timeouts, int bodyBytes) {
        Map<String, Duration> clocks = new LinkedHashMap<>();
        clocks.put("queue", timeouts.queue());
        clocks.put("connect", timeouts.connect());
        clocks.put("first byte", timeouts.firstByteOf(bodyBytes));
        clocks.put("idle", timeouts.idle());
        clocks.put("progress", timeouts.progress());
        clocks.put("total", timeouts.total());
        return clocks;
    }

    private long now() {
        return timer.now(TimeUnit.NANOSECONDS);
    }
}
