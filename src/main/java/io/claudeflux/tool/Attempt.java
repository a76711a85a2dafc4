package io.claudeflux.tool;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;

/**
 * What came of a piece of the application's code. As a value, a failure that is late, such as the
 * {@code InterruptedException} of a tool that was cancelled, goes nowhere instead of to the log; and an {@link Error}
 * of the JVM arrives, where Reactor's operators would throw it at whoever calls them, and the run would hang.
 *
 * @param value what it gave back
 * @param failure what it threw or signalled
 * @param <T> the type of the value
 */
record Attempt<T>(@Nullable T value, @Nullable Throwable failure) {
    static <T> Attempt<T> of(Callable<? extends @Nullable T> code) {
        try {
            return new Attempt<>(code.call(), null);
        } catch (Throwable thrown) {
            return failed(thrown);
        }
    }

    /** Without the wrappers that Reactor puts around what it carries. */
    static <T> Attempt<T> failed(Throwable failure) {
        Throwable cause = failure.getCause();
        return new Attempt<>(
                null,
                Exceptions.isErrorCallbackNotImplemented(failure) && cause != null
                        ? cause
                        : Exceptions.unwrap(failure));
    }

    /** Nothing of either: Reactor logs values that come too late. */
    @Override
    public String toString() {
        return failure == null ? "Attempt[done]" : "Attempt[failed]";
    }
}
