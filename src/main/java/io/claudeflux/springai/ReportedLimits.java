package io.claudeflux.springai;

import io.claudeflux.message.RateLimit;
import io.claudeflux.message.RateLimits;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The limits in the head of a response, in Spring AI's words; zero where nothing was said, as there. */
record ReportedLimits(RateLimit requests, RateLimit tokens, Instant at)
        implements org.springframework.ai.chat.metadata.RateLimit {
    private static final RateLimit UNKNOWN = new RateLimit(null, null, null);

    static ReportedLimits of(RateLimits limits) {
        return new ReportedLimits(
                limits.requests().orElse(UNKNOWN), limits.tokens().orElse(UNKNOWN), Instant.now());
    }

    @Override
    public Long getRequestsLimit() {
        return count(requests.limit());
    }

    @Override
    public Long getRequestsRemaining() {
        return count(requests.remaining());
    }

    @Override
    public Duration getRequestsReset() {
        return until(requests.reset());
    }

    @Override
    public Long getTokensLimit() {
        return count(tokens.limit());
    }

    @Override
    public Long getTokensRemaining() {
        return count(tokens.remaining());
    }

    @Override
    public Duration getTokensReset() {
        return until(tokens.reset());
    }

    private static Long count(@Nullable Long count) {
        return count == null ? 0L : count;
    }

    private Duration until(@Nullable Instant reset) {
        return reset == null || reset.isBefore(at) ? Duration.ZERO : Duration.between(at, reset);
    }
}
