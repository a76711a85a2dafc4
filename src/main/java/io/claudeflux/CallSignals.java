package io.claudeflux;

import io.claudeflux.stream.MessageStop;
import io.claudeflux.stream.Ping;
import io.claudeflux.stream.StreamEvent;
import reactor.core.observability.DefaultSignalListener;

/** Tells a {@link Call} what its subscriber sees. */
final class CallSignals<T> extends DefaultSignalListener<T> {
    private final Call call;

    CallSignals(Call call) {
        this.call = call;
    }

    @Override
    public void doOnNext(T value) {
        boolean isEvent = value instanceof StreamEvent;
        call.deliver(isEvent && !(value instanceof Ping), !isEvent || value instanceof MessageStop);
    }

    @Override
    public void doOnComplete() {
        call.end(CallListener.Outcome.COMPLETED, null);
    }

    @Override
    public void doOnError(Throwable error) {
        call.end(CallListener.Outcome.FAILED, error);
    }

    @Override
    public void doOnCancel() {
        call.end(CallListener.Outcome.CANCELLED, null);
    }
}
