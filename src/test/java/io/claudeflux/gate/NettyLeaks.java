package io.claudeflux.gate;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import io.netty.util.ResourceLeakTracker;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Every resource that Netty saw thrown away without a release, for the whole JVM.
 *
 * <p>Netty's own detector only logs. Here each detector writes to one list, which {@link NettyLeakGate} empties after
 * every test class. The state is static because Netty's is: it keeps one detector per resource type in a static field.
 */
final class NettyLeaks {
    private static final Queue<String> REPORTS = new ConcurrentLinkedQueue<>();
    private static final List<RecordingDetector<?>> DETECTORS = new CopyOnWriteArrayList<>();
    /** The sentinel of one collection may be queued before its other finds; by the next one they all are. */
    private static final int GC_ROUNDS = 2;

    private static final long GC_WAIT_MILLIS = 2_000;

    private NettyLeaks() {}

    /** Collects garbage, lets every detector look at what it found, and returns the reports since the last call. */
    static List<String> drain() throws InterruptedException {
        for (int round = 0; round < GC_ROUNDS; round++) {
            awaitGarbageCollection();
            DETECTORS.forEach(RecordingDetector::report);
        }
        List<String> found = new ArrayList<>();
        for (String report = REPORTS.poll(); report != null; report = REPORTS.poll()) {
            found.add(report);
        }
        return found;
    }

    /** Returns once an object made here was collected: whatever was garbage before was found with it. */
    private static void awaitGarbageCollection() throws InterruptedException {
        ReferenceQueue<Object> queue = new ReferenceQueue<>();
        PhantomReference<Object> sentinel = new PhantomReference<>(new Object(), queue);
        System.gc();
        if (queue.remove(GC_WAIT_MILLIS) != sentinel) {
            throw new IllegalStateException(
                    "no garbage collection within " + GC_WAIT_MILLIS + " ms: leaks stay unseen");
        }
    }

    /** Puts the recording detectors in place before any class of Netty asks for one. */
    public static final class Installer implements LauncherSessionListener {
        /** Called by the JUnit Platform. */
        public Installer() {}

        @Override
        public void launcherSessionOpened(LauncherSession session) {
            ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
            if (!(ResourceLeakDetectorFactory.instance() instanceof RecordingFactory)) {
                ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new RecordingFactory());
            }
        }
    }

    private static final class RecordingFactory extends ResourceLeakDetectorFactory {
        @Override
        @Deprecated
        public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int interval, long maxActive) {
            return newResourceLeakDetector(resource, interval);
        }

        @Override
        public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int interval) {
            RecordingDetector<T> detector = new RecordingDetector<>(resource, interval);
            DETECTORS.add(detector);
            return detector;
        }
    }

    private static final class RecordingDetector<T> extends ResourceLeakDetector<T> {
        RecordingDetector(Class<T> resource, int interval) {
            super(resource, interval);
        }

        /** A detector looks into its queue only when it is given a new resource to track. */
        @SuppressWarnings("unchecked") // the resource is only ever held weakly and handed back to close
        void report() {
            T resource = (T) new Object();
            ResourceLeakTracker<T> tracker = trackForcibly(resource);
            tracker.close(resource);
        }

        @Override
        protected boolean needReport() {
            return true;
        }

        @Override
        protected void reportTracedLeak(String resourceType, String records) {
            REPORTS.add(resourceType + " was not released; last seen at:" + records);
        }

        @Override
        protected void reportUntracedLeak(String resourceType) {
            REPORTS.add(resourceType + " was not released");
        }
    }
}
