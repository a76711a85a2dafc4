package io.claudeflux.internal.auth;

import io.claudeflux.error.ApiError;
import io.claudeflux.error.ApiException;
import io.claudeflux.error.ApiFailure;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.ConfigurationException;
import io.claudeflux.error.FailureContext;
import io.claudeflux.error.StreamException;
import io.claudeflux.error.StreamException.Fault;
import io.claudeflux.error.StreamException.Kind;
import io.claudeflux.message.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What came of a request for a token, and how it is told when it was none: that it was the token exchange that failed,
 * and never with a piece of what was traded. Prints no secret.
 */
final class TokenAnswer {
    private static final String STEP = "the token exchange (POST " + TokenRequest.PATH + ")";
    private static final BigDecimal LONGEST_LIFE =
            BigDecimal.valueOf(Duration.ofDays(365).toSeconds());

    private final AccessToken access;
    private final @Nullable String refresh;

    private TokenAnswer(AccessToken access, @Nullable String refresh) {
        this.access = access;
        this.refresh = refresh;
    }

    AccessToken access() {
        return access;
    }

    /** What to trade the next time; null if that stays what it was. */
    @Nullable String refresh() {
        return refresh;
    }

    static TokenAnswer read(Json answer, Instant now) {
        String access = secret(answer, "access_token");
        if (access == null) {
            throw malformed("has no access_token");
        }
        return new TokenAnswer(new AccessToken(access, now, life(answer)), secret(answer, "refresh_token"));
    }

    private static @Nullable String secret(Json answer, String name) {
        Json json = answer.get(name).filter(value -> !value.isNull()).orElse(null);
        if (json == null) {
            return null;
        }
        String value = json.asString().orElseThrow(() -> malformed("has a " + name + " that is not a string"));
        try {
            return SecretRules.secret(name, value, SecretRules.TOKEN_CHARS);
        } catch (ConfigurationException unfit) {
            throw malformed("cannot be used: " + unfit.getMessage());
        }
    }

    private static Duration life(Json answer) {
        Json json = answer.get("expires_in").filter(value -> !value.isNull()).orElse(null);
        if (json == null) {
            return AccessToken.DEFAULT_LIFE;
        }
        try {
            BigDecimal seconds =
                    new BigDecimal(json.asString().orElseGet(json::text).strip());
            return Duration.ofSeconds(
                    seconds.max(BigDecimal.ZERO).min(LONGEST_LIFE).longValue());
        } catch (NumberFormatException notANumber) {
            throw malformed("has an expires_in that is not a number");
        }
    }

    private static StreamException malformed(String problem) {
        return new StreamException(
                Fault.of(Kind.PROTOCOL, "token_answer"),
                "the answer to " + STEP + " " + problem + "; check that baseUrl leads to the API",
                null,
                FailureContext.attempted(false));
    }

    /** The failure as one of this step, which has cost nothing and delivered nothing. */
    static ClaudeException failure(ClaudeException failure, TokenRequest request) {
        FailureContext context = FailureContext.attempted(failure.isRetryable())
                .withRequestId(failure.requestId()
                        .filter(id -> !request.isQuotedBy(id))
                        .orElse(null))
                .withRetryAfter(failure.retryAfter().orElse(null));
        if (failure instanceof ApiException answer) {
            return refused(answer, request, context);
        }
        if (failure instanceof StreamException strange
                && (isSomethingElse(strange.kind()) || request.isQuotedBy(String.valueOf(strange.getMessage())))) {
            // Without its excerpt, which may be the token, and without its words, which may be what was traded.
            return new StreamException(
                    Fault.of(strange.kind(), strange.reason()),
                    "the answer to " + STEP + " is none ("
                            + strange.kind().name().toLowerCase(Locale.ROOT) + "); check that baseUrl leads to the API",
                    null,
                    context);
        }
        return failure.withContext(context);
    }

    private static boolean isSomethingElse(Kind kind) {
        return kind == Kind.UNEXPECTED_STATUS || kind == Kind.UNEXPECTED_CONTENT_TYPE;
    }

    /** What does not pass is about who asks, whatever the status says. */
    private static ApiException refused(ApiException answer, TokenRequest request, FailureContext context) {
        String text = answer.apiMessage();
        String code = answer.errorCode().orElse(null);
        boolean isQuoting = request.isQuotedBy(text + " " + code + " " + answer.errorType());
        String said = isQuoting ? " (its text quotes a secret and is not shown)" : text.isEmpty() ? "" : ": " + text;
        ApiError error = new ApiError(
                context.retryable() && !isQuoting ? answer.errorType() : "authentication_error",
                STEP + (context.retryable() ? " failed" : " was refused") + said,
                isQuoting ? null : code,
                null,
                null);
        return ApiException.of(new ApiFailure(error, answer.response(), false), context);
    }

    @Override
    public String toString() {
        return "TokenAnswer[" + access + "]";
    }
}
