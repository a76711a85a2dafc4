package io.claudeflux;

import io.claudeflux.config.Timeouts;
import io.claudeflux.internal.auth.TokenEndpoint;
import io.claudeflux.internal.auth.TokenRequest;
import io.claudeflux.internal.http.HttpCall;
import io.claudeflux.internal.http.HttpExchange;
import io.claudeflux.message.Json;
import io.claudeflux.message.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * Requests for access tokens, on the connections of their client. They need no permit: whoever waits for one has it
 * already, and has no use for its connection yet.
 */
final class TokenCalls {
    private static final int MAX_ANSWER_BYTES = 64 << 10;
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(20);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Supplier<HttpExchange> http;
    private final String version;
    private final Timeouts timeouts;

    private TokenCalls(Supplier<HttpExchange> http, String version, Timeouts timeouts) {
        this.http = http;
        this.version = version;
        this.timeouts = timeouts;
    }

    /**
     * The way to tokens over connections that need not be there before the first is fetched. Closing waits for one that
     * nobody waits for: what was traded for it may be good for one time only.
     */
    static TokenEndpoint endpoint(
            Supplier<HttpExchange> http, DefaultClaudeClientBuilder settings, Lifecycle lifecycle) {
        Timeouts ofCalls = settings.options().timeouts().orElseGet(Timeouts::defaults);
        TokenCalls calls = new TokenCalls(http, settings.apiVersion().value(), bounded(ofCalls));
        return new TokenEndpoint(
                request -> lifecycle.underWay(calls.send(request).flux()).single(), settings.clock(), settings.timer());
    }

    /** A token has to come within half a minute; sooner where calls have less time. */
    private static Timeouts bounded(Timeouts ofCalls) {
        return ofCalls.withFirstByte(shorter(ofCalls.firstByte(), LONGEST_SILENCE))
                .withIdle(shorter(ofCalls.idle(), LONGEST_SILENCE))
                .withTotal(LONGEST);
    }

    private static Duration shorter(Duration clock, Duration limit) {
        return clock.isZero() || clock.compareTo(limit) > 0 ? limit : clock;
    }

    private Mono<Json> send(TokenRequest request) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", "application/json");
        headers.put("accept", "application/json");
        headers.put("accept-encoding", "identity");
        headers.put("user-agent", RequestHeaders.USER_AGENT);
        headers.put("anthropic-version", version);
        headers.put("anthropic-beta", request.betas());
        byte[] body = request.body().text().getBytes(StandardCharsets.UTF_8);
        HttpCall.Terms terms = new HttpCall.Terms(timeouts, request.isRepeatable());
        return http.get()
                .json(new HttpCall(TokenRequest.PATH, headers, body, terms), MAX_ANSWER_BYTES)
                .map(Response::value);
    }
}
