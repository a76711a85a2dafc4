package io.claudeflux.internal.http;

import io.claudeflux.error.ClaudeException;
import java.io.IOException;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import reactor.core.publisher.Flux;

/**
 * What becomes of a request that was given a dead connection: whoever is at its other end, or between, had closed it
 * while it lay idle, and that was noticed only with the request on it. The request goes out once more, on a connection
 * that was never used; it is the same attempt, without a wait, and nobody hears of it. Once, and for the first attempt
 * of a call only: what fails on a new connection is a failure, as is everything on a connection that was new to begin
 * with, and a retry that fails is one more.
 *
 * <p>Nobody can know whether the request had not reached its server after all. So it is not done where a request must
 * not be repeated that may have been served, and a failure behind it says that the first may have been.
 */
final class StaleConnections {
    private final BooleanSupplier closed;

    /** The rule for one client; once that is closed, nothing is sent any more. */
    StaleConnections(BooleanSupplier closed) {
        this.closed = closed;
    }

    /**
     * The answer to a request, on another connection if the first is found dead.
     *
     * @param send sends the request on the exchange's connection
     * @param fail the failure that an error of the exchange amounts to
     */
    <T> Flux<T> replaced(
            Exchange first,
            HttpCall call,
            Function<Exchange, Flux<T>> send,
            BiFunction<Exchange, Throwable, Flux<T>> fail) {
        return send.apply(first).onErrorResume(error -> {
            if (isWritten(error, first, call)) {
                call.lost();
                return again(first, send, fail).onErrorMap(ClaudeException.class, StaleConnections::mayHaveBeenServed);
            }
            return isUnwritten(error, first) ? again(first, send, fail) : fail.apply(first, error);
        });
    }

    private static <T> Flux<T> again(
            Exchange first, Function<Exchange, Flux<T>> send, BiFunction<Exchange, Throwable, Flux<T>> fail) {
        Exchange second = first.onNewConnection();
        // One connection at a time: also a server that half-closed the first must not see both.
        return first.close()
                .thenMany(Flux.defer(() -> send.apply(second)))
                .onErrorResume(error -> fail.apply(second, error));
    }

    private boolean isWritten(Throwable error, Exchange exchange, HttpCall call) {
        boolean isLoss = error instanceof IOException || TransportErrors.isClosed(error);
        return isLoss && exchange.isLostUnheard() && call.isRepeatable() && !closed.getAsBoolean();
    }

    /** The connection was closed before the request could use it; or two were, and the pool has tried no third. */
    private boolean isUnwritten(Throwable error, Exchange exchange) {
        boolean isLoss = error.getClass() == IOException.class || TransportErrors.isClosed(error);
        return isLoss && exchange.isWithoutConnect() && !closed.getAsBoolean();
    }

    private static ClaudeException mayHaveBeenServed(ClaudeException failure) {
        return failure.withContext(failure.context().asAmbiguous());
    }
}
