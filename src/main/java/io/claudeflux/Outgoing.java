package io.claudeflux;

import io.claudeflux.internal.auth.Credential;
import io.claudeflux.internal.auth.Proof;
import io.claudeflux.internal.http.HttpCall;
import io.claudeflux.limit.RateLimiter.Estimate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/** A request ready to be sent, once or several times. */
final class Outgoing {
    /** The name that the official clients have given it, so that gateways need to know only one. */
    private static final String RETRY_COUNT = "x-stainless-retry-count";

    private final HttpCall.Head head;
    private final byte[] body;
    private final Load load;
    private final Credential credential;

    Outgoing(HttpCall.Head head, byte[] body, Load load, Credential credential) {
        this.head = head;
        this.body = body;
        this.load = load;
        this.credential = credential;
    }

    /**
     * What it weighs, for whoever decides when it may go.
     *
     * @param estimate how large it is; of what is no message, only the name of the limits it counts against
     * @param isMetered whether it draws on the limits of messages
     */
    record Load(Estimate estimate, boolean isMetered) {
        /** Each endpoint has a limit of requests of its own, which is not a model's. */
        static Load of(Errand.Endpoint endpoint) {
            return new Load(new Estimate(endpoint.toString(), false, 0, 0), false);
        }
    }

    Load load() {
        return load;
    }

    /** What the next attempt shows; whoever says in a header who asks is not asked again. */
    Mono<Proof> proof() {
        return Identity.isProven(head.headers()) ? Mono.just(Proof.none()) : credential.proof();
    }

    /**
     * One attempt, with the key of its moment, and saying how many there were before. Whoever is shown the request may
     * add headers to it, behind all others.
     */
    Ready with(Proof proof, int before, HttpCall.Terms terms, Consumer<BiConsumer<String, String>> shownTo) {
        Map<String, String> all = new LinkedHashMap<>(head.headers());
        proof.headers().forEach(all::putIfAbsent);
        if (!proof.betas().isEmpty()) {
            Set<String> betas = RequestHeaders.named(all.get(RequestHeaders.BETA));
            betas.addAll(proof.betas());
            all.put(RequestHeaders.BETA, String.join(",", betas));
        }
        all.putIfAbsent(RETRY_COUNT, Integer.toString(before));
        Map<String, String> added = new LinkedHashMap<>();
        shownTo.accept((name, value) -> RequestHeaders.added(name, value).forEach(added::putIfAbsent));
        added.forEach(all::putIfAbsent);
        HttpCall call = new HttpCall(head.withHeaders(all), body, before == 0 ? terms : terms.ofRetry());
        return new Ready(call, () -> credential.reject(proof));
    }

    /**
     * An attempt with what it shows.
     *
     * @param call the request
     * @param renewal to be asked when that was refused: gives it up, and says whether something else can be shown
     */
    record Ready(HttpCall call, BooleanSupplier renewal) {}
}
