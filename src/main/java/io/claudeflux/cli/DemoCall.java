package io.claudeflux.cli;

import io.claudeflux.CallListener;
import io.claudeflux.CallOptions;
import io.claudeflux.ClaudeClient;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** One stream of a demo on its way through the client: its events, and what its subscriber does not see of it. */
final class DemoCall implements CallListener {
    private final DemoStream stream;
    private final Sinks.Many<Progress> retries = Sinks.many().unicast().onBackpressureBuffer();
    private volatile int attempts;

    /** A call for one subscription. */
    DemoCall(DemoStream stream) {
        this.stream = stream;
    }

    Flux<Progress> progress(ClaudeClient claude) {
        int index = stream.index();
        Flux<Progress> events = claude.messages().with(CallOptions.none().withListener(this)).stream(stream.request())
                .<Progress>map(event -> new Progress.Event(
                        index, event, System.nanoTime(), Thread.currentThread().getName()))
                .concatWith(Mono.fromSupplier(() -> end(null)))
                .onErrorResume(error -> Mono.fromSupplier(() -> end(error)));
        return Flux.merge(retries.asFlux(), events);
    }

    private Progress end(@Nullable Throwable error) {
        return new Progress.End(stream.index(), attempts, error, System.nanoTime());
    }

    @Override
    public void onRetry(Retry retry) {
        // Signals of one call never overlap, so that this cannot fail while somebody listens.
        retries.tryEmitNext(new Progress.Retry(stream.index(), retry.failed().number(), retry.failure()));
    }

    @Override
    public void onTerminal(End end) {
        attempts = end.attempts(); // ahead of the terminal signal
        retries.tryEmitComplete();
    }
}
