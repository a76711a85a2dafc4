package io.claudeflux.simulator;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What a server counts for those who ask how it went. Safe for use by several threads. */
final class ServerCounts {

    private final AtomicInteger activeStreams = new AtomicInteger();
    private final AtomicInteger peakActiveStreams = new AtomicInteger();
    private final Map<Integer, Integer> answersByStatus = new ConcurrentHashMap<>();

    void begin(int streams) {
        peakActiveStreams.accumulateAndGet(activeStreams.addAndGet(streams), Math::max);
    }

    void end(int streams) {
        activeStreams.addAndGet(-streams);
    }

    void answered(int status) {
        answersByStatus.merge(status, 1, Integer::sum);
    }

    int activeStreams() {
        return activeStreams.get();
    }

    int peakActiveStreams() {
        return peakActiveStreams.get();
    }

    int answersWithStatus(int status) {
        return answersByStatus.getOrDefault(status, 0);
    }

    /** Begins anew; open streams stay open, and count for the peak. */
    void reset() {
        answersByStatus.clear();
        peakActiveStreams.set(activeStreams.get());
    }
}
