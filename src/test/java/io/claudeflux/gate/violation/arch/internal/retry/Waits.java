package io.claudeflux.gate.violation.arch.internal.retry;

import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** Every way of waiting that an event loop cannot afford, one in each method. */
final class Waits {
    private Waits() {}

    static Optional<String> blocks(Mono<String> mono) {
        return mono.blockOptional();
    }

    static @Nullable String blocksByReference(Optional<Flux<String>> flux) {
        return flux.map(Flux::blockLast).orElse(null);
    }

    static void subscribes(Flux<String> flux) {
        flux.subscribe();
    }

    static Flux<String> buffers(Flux<String> flux) {
        return flux.publishOn(Schedulers.parallel());
    }

    static Flux<String> pushes() {
        return Sinks.many().unicast().<String>onBackpressureBuffer().asFlux();
    }

    static Flux<String> movesAway(Flux<String> flux) {
        return flux.subscribeOn(Schedulers.boundedElastic());
    }

    static Thread starts(Runnable work) {
        return new Thread(work);
    }

    static LongConsumer sleeps() {
        return millis -> {
            Sleeper sleeper = Thread::sleep;
            sleeper.accept(millis);
        };
    }

    private interface Sleeper {
        void sleep(long millis) throws InterruptedException;

        default void accept(long millis) {
            try {
                sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
