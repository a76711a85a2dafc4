package io.claudeflux.internal.admission;

import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;

/** Work that asks for a permit at each subscription; see {@link Permits#hold}. */
final class HoldFlux<T> extends FluxOperator<T, T> {

    private final Permits permits;
    private final Turn turn;

    private HoldFlux(Flux<T> work, Permits permits, Turn turn) {
        super(work);
        this.permits = permits;
        this.turn = turn;
    }

    static <T> Flux<T> of(Flux<T> work, Permits permits, Turn turn) {
        return onAssembly(new HoldFlux<>(work, permits, turn));
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        Hold<T> hold = new Hold<>(source, actual, permits, turn);
        // Ahead of asking: from then on the end of the wait, on whichever thread, may be the next signal.
        actual.onSubscribe(hold);
        hold.enter();
    }
}
