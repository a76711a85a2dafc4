package io.claudeflux;

import io.claudeflux.internal.admission.Pass;
import io.claudeflux.internal.admission.Permits;
import io.claudeflux.internal.http.HttpCall;
import io.claudeflux.internal.http.HttpExchange;
import java.util.function.Function;
import reactor.core.publisher.Flux;

/**
 * What is done once or several times for a call, whatever its endpoint: a place in line, a permit, the key of the
 * moment, an exchange.
 *
 * @param desk who is let in, and on which terms
 * @param permits how many at once
 * @param http bytes out, bytes in
 */
record Attempts(FrontDesk desk, Permits permits, HttpExchange http) {

    /** One attempt; the exchange is subscribed to with a permit, which is given back before a retry waits. */
    <T> Flux<T> attempt(Call call, Outgoing outgoing, Function<HttpCall, Flux<T>> exchange) {
        // A proof that is at hand leaves no operator behind in the way of the events.
        Function<Pass, Flux<T>> work = pass -> {
            int before = call.begin(pass);
            return outgoing.proof()
                    .flatMapMany(proof ->
                            exchange.apply(call.ask(outgoing.with(proof, before, call.httpTerms(), call::send))));
        };
        return Flux.defer(() -> permits.hold(work, call.turn(outgoing.load())));
    }
}
