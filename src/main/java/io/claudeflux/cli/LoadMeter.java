package io.claudeflux.cli;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Counts what happens to the streams of a load run; eight bytes a stream. Safe for use by several threads. */
final class LoadMeter {
    private static final int MOST_COMPLAINTS = 20;

    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger peakOpen = new AtomicInteger();
    private final AtomicInteger completed = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final LongAdder events = new LongAdder();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicLongArray firstEventNanos;
    private final Map<String, Integer> complaints = new ConcurrentHashMap<>();
    private final AtomicInteger unended;
    private final Sinks.Empty<Void> allEnded = Sinks.empty();

    /** Expects so many streams to end by themselves, of so many in all. */
    LoadMeter(int streams, int ending) {
        this.firstEventNanos = new AtomicLongArray(streams);
        this.unended = new AtomicInteger(ending);
    }

    /** Completes when the last stream has ended of those that end by themselves. */
    Mono<Void> allEnded() {
        return allEnded.asMono();
    }

    void opened(long nanosSinceSubscription) {
        firstEventNanos.set(begun.getAndIncrement(), nanosSinceSubscription);
        peakOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
    }

    void event() {
        events.increment();
    }

    /** A stream that was open is so no longer. */
    void closed() {
        open.decrementAndGet();
    }

    void completed() {
        completed.incrementAndGet();
        ended();
    }

    void failed(Throwable error) {
        failed.incrementAndGet();
        String complaint = Complaint.brief(error);
        if (complaints.size() < MOST_COMPLAINTS || complaints.containsKey(complaint)) {
            complaints.merge(complaint, 1, Integer::sum);
        }
        ended();
    }

    void cancelled() {
        cancelled.incrementAndGet();
    }

    private void ended() {
        if (unended.decrementAndGet() == 0) {
            allEnded.tryEmitEmpty();
        }
    }

    /** Why streams failed, and how many of them. */
    Map<String, Integer> complaints() {
        return Map.copyOf(complaints);
    }

    int open() {
        return open.get();
    }

    /** Whether so many streams are open, but for those that failed. */
    boolean isFull(int streams) {
        return open.get() + failed.get() >= streams;
    }

    LoadState.Counts counts() {
        return new LoadState.Counts(
                open.get(), peakOpen.get(), completed.get(), failed.get(), cancelled.get(), events.sum());
    }

    LoadState.FirstEvents firstEvents() {
        long[] sorted = new long[begun.get()];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = firstEventNanos.get(i);
        }
        Arrays.sort(sorted);
        return sorted.length == 0
                ? new LoadState.FirstEvents(0, 0)
                : new LoadState.FirstEvents(percentile(sorted, 50), percentile(sorted, 99));
    }

    private static long percentile(long[] sorted, int percent) {
        return sorted[(sorted.length * percent + 99) / 100 - 1];
    }
}
