package io.claudeflux.internal.admission;

import java.util.function.Function;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

/** Work that asks for a permit at each subscription; see {@link Permits#hold}. */
final class HoldFlux<T> extends Flux<T> {

    private final Function<? super Pass, ? extends Flux<? extends T>> work;
    private final Permits permits;
    private final Turn turn;

    private HoldFlux(Function<? super Pass, ? extends Flux<? extends T>> work, Permits permits, Turn turn) {
        this.work = work;
        this.permits = permits;
        this.turn = turn;
    }

    static <T> Flux<T> of(Function<? super Pass, ? extends Flux<? extends T>> work, Permits permits, Turn turn) {
        return onAssembly(new HoldFlux<T>(work, permits, turn));
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        Hold<T> hold = new Hold<>(work, actual, permits, turn);
        // Ahead of asking: from then on the end of the wait, on whichever thread, may be the next signal.
        actual.onSubscribe(hold);
        hold.enter();
    }
}
