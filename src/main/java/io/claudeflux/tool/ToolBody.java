package io.claudeflux.tool;

import io.claudeflux.message.Json;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** How a tool is run: what becomes of its input. */
@FunctionalInterface
interface ToolBody {
    /**
     * One call.
     *
     * @param input what the model wrote, an object
     * @param aside where a body that blocks does so
     * @return cold; the value, or none; whatever is thrown comes as a signal
     */
    Mono<Object> call(Json input, Scheduler aside);

    /** One that never blocks, called by whoever subscribes. */
    static <I> ToolBody signalling(Function<Json, I> reader, ClientTool.Blocking<? super I> function) {
        return (input, aside) -> Mono.defer(
                () -> Attempt.of(() -> function.call(reader.apply(input))).signal());
    }

    /** One that may block, called where that does no harm. */
    static <I> ToolBody blocking(Function<Json, I> reader, ClientTool.Blocking<? super I> function) {
        return (input, aside) -> Mono.fromCallable(() -> Attempt.of(() -> function.call(reader.apply(input))))
                .subscribeOn(aside)
                .flatMap(Attempt::signal);
    }

    /**
     * What came of a piece of the application's code. As a value, a failure that is late, such as the
     * {@code InterruptedException} of a tool that was cancelled, goes nowhere instead of to the log.
     *
     * @param value what it returned
     * @param failure what it threw
     */
    record Attempt(@Nullable Object value, @Nullable Throwable failure) {
        static Attempt of(Callable<@Nullable Object> code) {
            try {
                return new Attempt(code.call(), null);
            } catch (Throwable thrown) {
                return new Attempt(null, thrown);
            }
        }

        Mono<Object> signal() {
            if (failure != null) {
                return Mono.error(Broken.ifFatal(failure));
            } else if (value instanceof Mono<?> mono) {
                return mono.cast(Object.class).onErrorMap(Broken::ifFatal);
            } else if (value instanceof CompletionStage<?> stage) {
                return Mono.fromCompletionStage(stage).cast(Object.class);
            }
            return Mono.justOrEmpty(value);
        }
    }

    /**
     * An {@link Error} of the JVM in a coat: Reactor's operators throw such a one at whoever calls them, and the run
     * would hang for ever. So it arrives, and ends the run.
     */
    final class Broken extends RuntimeException {
        /** The cause, which is always there. */
        private final Throwable error;

        private Broken(Throwable error) {
            super(error);
            this.error = error;
        }

        Throwable error() {
            return error;
        }

        static Throwable ifFatal(Throwable failure) {
            return Exceptions.isJvmFatal(failure) ? new Broken(failure) : failure;
        }
    }
}
