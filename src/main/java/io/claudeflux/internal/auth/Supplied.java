package io.claudeflux.internal.auth;

import io.claudeflux.error.ConfigurationException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/** A secret that the application supplies, asked for once for each subscription. */
final class Supplied {
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** Reactor's name for a hook of one subscription. */
    private static final String DROPPED = "reactor.onErrorDropped.local";

    private Supplied() {}

    /**
     * The secret, not yet checked.
     *
     * @param setting what it is, for {@link ConfigurationException#setting()}
     * @param name the same in words, for the message
     */
    static Mono<String> secret(String setting, String name, Supplier<Mono<String>> supplier, Scheduler timer) {
        return aside(Mono.defer(() -> asked(supplier)))
                .timeout(LONGEST, timer)
                .contextWrite(Supplied::guarded)
                .onErrorMap(error -> failed(setting, name, "failed or took over 10 s", SafeCause.of(error)))
                .switchIfEmpty(Mono.error(
                        () -> new ConfigurationException(setting, "the supplier of " + name + " came empty", null)));
    }

    /**
     * Somebody else's code, asked on whatever thread a permit or a retry comes by: an event loop it must not hold up,
     * while a thread of the application's own is as good as another.
     */
    private static Mono<String> aside(Mono<String> secret) {
        return Mono.defer(() -> Schedulers.isInNonBlockingThread()
                // Where it may block.
                ? secret.subscribeOn(Schedulers.boundedElastic())
                : secret);
    }

    /** Reactor would throw what it takes for the JVM's end at whoever subscribes, and the call would never end. */
    private static Mono<String> asked(Supplier<Mono<String>> supplier) {
        try {
            return supplier.get();
        } catch (LinkageError missing) {
            return Mono.error(missing);
        }
    }

    /**
     * What fails when nobody waits any more is dropped, which Reactor logs: as little of it as of any other failure.
     */
    private static Context guarded(Context context) {
        Consumer<Throwable> hook = late -> Operators.onErrorDropped(SafeCause.of(late), context);
        return context.put(DROPPED, hook);
    }

    private static ConfigurationException failed(String setting, String name, String how, Throwable cause) {
        return new ConfigurationException(setting, "the supplier of " + name + " " + how, cause);
    }
}
