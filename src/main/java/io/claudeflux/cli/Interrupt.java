package io.claudeflux.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Ctrl-C as a signal that ends a pipeline: {@code events.takeUntilOther(interrupt.signal())} cancels the request. */
final class Interrupt implements AutoCloseable {
    /** What a shell reports for a process that Ctrl-C ended. */
    static final int EXIT_CODE = 130;

    private static final long CLEANUP_MILLIS = 500;

    private final Sinks.Empty<Void> signal = Sinks.empty();
    private final CountDownLatch cleanedUp = new CountDownLatch(1);
    private final Thread hook = new Thread(this::raiseAndWait, "claude-flux-interrupt");
    private volatile boolean raised;

    /**
     * Turns the end of the process into the signal; the JVM waits a moment for {@link #close()} so that a terminal can
     * be left in order.
     */
    static Interrupt ofProcess() {
        Interrupt interrupt = new Interrupt();
        Runtime.getRuntime().addShutdownHook(interrupt.hook);
        return interrupt;
    }

    Mono<Void> signal() {
        return signal.asMono();
    }

    boolean isRaised() {
        return raised;
    }

    void raise() {
        raised = true;
        signal.tryEmitEmpty();
    }

    private void raiseAndWait() {
        raise();
        try {
            // Whether it was in time makes no difference: the process ends now.
            var unused = cleanedUp.await(CLEANUP_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        cleanedUp.countDown();
        if (!raised) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException ending) {
                // Too late to take it back; it has nothing left to wait for.
                raised = true;
            }
        }
    }
}
