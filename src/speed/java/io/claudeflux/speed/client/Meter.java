package io.claudeflux.speed.client;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * What this process has used so far.
 *
 * @param wall nanoseconds of the clock
 * @param cpu nanoseconds of all its threads, those of the collector and the compilers among them
 * @param allocated bytes of heap, whether or not they are still in use
 * @param count what came through the streams
 */
record Meter(long wall, long cpu, long allocated, long count) {
    static Meter read(OpenStreams streams) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Meter(System.nanoTime(), system.getProcessCpuTime(), allocatedSoFar(), streams.count());
    }

    Meter since(Meter start) {
        return new Meter(wall - start.wall, cpu - start.cpu, allocated - start.allocated, count - start.count);
    }

    /** Of threads that have ended, too, where the JDK can tell, which it does from 21 on. */
    private static long allocatedSoFar() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try {
            return (long)
                    ThreadMXBean.class.getMethod("getTotalThreadAllocatedBytes").invoke(threads);
        } catch (ReflectiveOperationException e) {
            return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                    .filter(bytes -> bytes > 0)
                    .sum();
        }
    }

    static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    /** Bytes of heap that are in use after a collection. */
    static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
