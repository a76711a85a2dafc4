package io.claudeflux.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * How a load run stands, or what came of it.
 *
 * @param plan what was to be done
 * @param elapsedMillis the time since the first stream was started
 * @param counts what became of the streams
 * @param eventsPerSecond how many events came a second while all streams were open; 0 until that is over
 * @param firstEvents how long they waited for their first event
 * @param footprint what they cost this JVM
 * @param admission the client's permits
 */
record LoadState(
        LoadPlan plan,
        long elapsedMillis,
        Counts counts,
        long eventsPerSecond,
        FirstEvents firstEvents,
        Footprint footprint,
        Admission admission) {

    /**
     * Streams by what became of them.
     *
     * @param open how many have begun and not ended
     * @param peakOpen the most that were open at once
     * @param completed how many ended with {@code message_stop}
     * @param failed how many ended otherwise
     * @param cancelled how many were given up by their consumer
     * @param events how many events all of them delivered
     */
    record Counts(int open, int peakOpen, int completed, int failed, int cancelled, long events) {}

    /**
     * The time from a subscription to its first event, permit and connection included.
     *
     * @param medianNanos half of them were this fast
     * @param p99Nanos 99 of 100 were this fast
     */
    record FirstEvents(long medianNanos, long p99Nanos) {}

    /**
     * What this JVM uses.
     *
     * @param threads the most live threads so far, whatever they are for
     * @param eventLoops the most of them that were event loops
     * @param usedHeap bytes of heap, garbage included
     * @param heapPerStream bytes of heap for each open stream, without garbage; 0 until it was measured
     */
    record Footprint(int threads, int eventLoops, long usedHeap, long heapPerStream) {}

    /**
     * Permits.
     *
     * @param limit how many there are
     * @param inUse how many are taken
     * @param waiting how many calls wait for one
     */
    record Admission(int limit, int inUse, int waiting) {}

    /** Whether the client has nothing to do. */
    boolean isAtRest() {
        return admission.inUse() == 0 && admission.waiting() == 0;
    }

    /** One line that programs can read. */
    String line() {
        return String.format(
                Locale.ROOT,
                "streams=%d open-at-once=%d completed=%d failed=%d cancelled=%d events=%d events-per-second=%d"
                        + " first-event-p50=%.1fms first-event-p99=%.1fms threads=%d event-loops=%d"
                        + " heap-per-stream=%.1fKiB permits-in-use=%d/%d queued=%d elapsed=%.1fs",
                plan.streams(),
                counts.peakOpen(),
                counts.completed(),
                counts.failed(),
                counts.cancelled(),
                counts.events(),
                eventsPerSecond,
                millis(firstEvents.medianNanos()),
                millis(firstEvents.p99Nanos()),
                footprint.threads(),
                footprint.eventLoops(),
                kibibytes(footprint.heapPerStream()),
                admission.inUse(),
                admission.limit(),
                admission.waiting(),
                elapsedMillis / 1_000.0);
    }

    /** What is not as it should be once a run is over. */
    List<String> shortcomings() {
        List<String> shortcomings = new ArrayList<>();
        int stopped = plan.hasStopped() ? 1 : 0;
        int unended = plan.streams() - counts.completed() - counts.failed() - counts.cancelled();
        if (unended > 0) {
            shortcomings.add(unended + " of " + plan.streams() + " streams did not end");
        }
        if (counts.cancelled() != stopped && counts.failed() == 0 && unended == 0) {
            shortcomings.add("the stream whose consumer stopped asking came to an end by itself");
        }
        if (counts.peakOpen() < plan.concurrent()) {
            shortcomings.add(
                    "only " + counts.peakOpen() + " of " + plan.concurrent() + " streams were open at the same time");
        }
        if (!isAtRest()) {
            shortcomings.add(
                    admission.inUse() + " permits were not given back, " + admission.waiting() + " calls wait");
        }
        return shortcomings;
    }

    static double millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMicros(nanos) / 1_000.0;
    }

    static double kibibytes(long bytes) {
        return bytes / 1_024.0;
    }
}
