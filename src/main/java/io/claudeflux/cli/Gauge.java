package io.claudeflux.cli;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;

/** Measures what this JVM uses for the streams it has open. Confined to one thread. */
final class Gauge {
    /** Reactor Netty names the event loops that clients share like this. */
    private static final String EVENT_LOOP = "reactor-http-";

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    private final long heapBefore;
    private int eventLoops;
    private long heapPerStream;

    /** Takes the state of this moment, without streams, for the measure of what comes on top. */
    Gauge() {
        this.heapBefore = heapInUse();
        threads.resetPeakThreadCount();
    }

    LoadState.Footprint read() {
        int found = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            found += thread != null && thread.getThreadName().startsWith(EVENT_LOOP) ? 1 : 0;
        }
        eventLoops = Math.max(eventLoops, found);
        return new LoadState.Footprint(
                threads.getPeakThreadCount(),
                eventLoops,
                memory.getHeapMemoryUsage().getUsed(),
                heapPerStream);
    }

    /** Divides what the heap holds more than before among the streams that are open now. Stops the JVM for a moment. */
    void measureHeap(int openStreams) {
        heapPerStream = Math.max(1, (heapInUse() - heapBefore) / Math.max(1, openStreams));
    }

    /** Twice, because what the first collection frees may hold on to something through a reference or a cleaner. */
    private long heapInUse() {
        memory.gc();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }
}
