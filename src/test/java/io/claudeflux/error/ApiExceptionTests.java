package io.claudeflux.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.message.Json;
import io.claudeflux.message.ResponseMetadata;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which exception an error of the API becomes, and what it says. */
class ApiExceptionTests {
    @ParameterizedTest(name = "{0} with HTTP {1} is {2}, in a stream it means {3}")
    @CsvSource({
        "invalid_request_error, 400, InvalidRequestException, 400",
        "authentication_error, 401, AuthenticationException, 401",
        "billing_error, 402, BillingException, 402",
        "permission_error, 403, PermissionException, 403",
        "not_found_error, 404, NotFoundException, 404",
        "request_too_large, 413, RequestTooLargeException, 413",
        "conflict_error, 409, ConflictException, 409",
        "rate_limit_error, 429, RateLimitException, 429",
        "api_error, 500, ServerException, 500",
        "timeout_error, 504, ApiTimeoutException, 504",
        "overloaded_error, 529, OverloadedException, 529",
    })
    void typeDecides(String type, int status, String exception, int effective) {
        ApiException answered = error(type, status, false);
        assertThat(answered.getClass().getSimpleName()).isEqualTo(exception);
        assertThat(answered.status()).isEqualTo(status);
        assertThat(answered.effectiveStatus()).isEqualTo(status);
        assertThat(answered.origin()).isEqualTo(Origin.HTTP);
        assertThat(answered.isInStream()).isFalse();
        assertThat(answered.errorType()).isEqualTo(type);

        ApiException streamed = error(type, 200, true);
        assertThat(streamed.getClass().getSimpleName()).isEqualTo(exception);
        assertThat(streamed.status()).isEqualTo(200);
        assertThat(streamed.effectiveStatus()).isEqualTo(effective);
        assertThat(streamed.origin()).isEqualTo(Origin.STREAM);
        assertThat(streamed.isInStream()).isTrue();
    }

    @ParameterizedTest(name = "HTTP {0} without a type is {1}")
    @CsvSource({
        "400, InvalidRequestException, invalid_request_error",
        "401, AuthenticationException, authentication_error",
        "402, BillingException, billing_error",
        "403, PermissionException, permission_error",
        "404, NotFoundException, not_found_error",
        "408, ApiTimeoutException, timeout_error",
        "409, ConflictException, conflict_error",
        "413, RequestTooLargeException, request_too_large",
        "422, InvalidRequestException, invalid_request_error",
        "429, RateLimitException, rate_limit_error",
        "500, ServerException, api_error",
        "502, ServerException, api_error",
        "503, ServerException, api_error",
        "504, ApiTimeoutException, timeout_error",
        "520, ServerException, api_error",
        "529, OverloadedException, overloaded_error",
        "418, UnknownApiException, unknown_error",
    })
    void statusStandsInForAMissingType(int status, String exception, String type) {
        for (String absent : new String[] {null, ""}) {
            ApiException error = error(absent, status, false);
            assertThat(error.getClass().getSimpleName()).isEqualTo(exception);
            assertThat(error.errorType()).isEqualTo(type);
            assertThat(error.effectiveStatus()).isEqualTo(status);
        }
    }

    @Test
    void unknownTypeIsKeptVerbatim() {
        ApiException error = error("weird_error", 418, false);
        assertThat(error).isInstanceOf(UnknownApiException.class);
        assertThat(error.errorType()).isEqualTo("weird_error");
        ApiException streamed = error("weird_error", 200, true);
        assertThat(streamed).isInstanceOf(UnknownApiException.class);
        assertThat(streamed.effectiveStatus()).isEqualTo(200);
        assertThat(error(null, 200, true).errorType()).isEqualTo("unknown_error");
    }

    @Test
    void messageTellsWhatWhereAndWhy() {
        ApiFailure failure = new ApiFailure(
                new ApiError("rate_limit_error", "Slow down", "ramp_limit_exceeded", null, null),
                new ResponseMetadata(429, Map.of("request-id", List.of("req_1"))),
                false);
        ApiException error = ApiException.of(
                failure, FailureContext.attempted(true).withRequestId("req_1").withAttempts(3));
        assertThat(error)
                .hasMessage("rate_limit_error, ramp_limit_exceeded (HTTP 429): Slow down [request-id req_1]"
                        + " [3 attempts]");
        assertThat(error.withContext(error.context().withProgress(2, null))).hasMessageContaining("[after 2 events]");
        assertThat(error("overloaded_error", 200, true)).hasMessage("overloaded_error inside the stream: why");
    }

    @ParameterizedTest(name = "{0} says: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "NOT_RETRYABLE        | ''",
                "DELIVERED            | ''",
                "EXHAUSTED            | ''",
                "AMBIGUOUS            | ' [not retried: the server may have done the work]'",
                "BUDGET               | ' [not retried: the retry budget is spent]'",
                "RETRY_AFTER_TOO_LONG | ' [not retried: the server asks to wait 61.5 s, longer than maxRetryAfter]'",
                "TOO_LONG             | ' [not retried: the waits of the call would exceed maxTotalDelay]'",
                "DEADLINE             | ' [not retried: the wait would pass the total clock of the call]'",
            })
    void messageTellsAPersonOnCallWhyThereWasNoFurtherAttempt(NotRetried reason, String clause) {
        FailureContext context = FailureContext.attempted(true)
                .withRetryAfter(Duration.ofMillis(61_500))
                .withAttempts(2)
                .withNotRetried(reason);
        ApiException error = error("overloaded_error", 529, false);
        assertThat(error.withContext(context)).hasMessage("overloaded_error (HTTP 529): why [2 attempts]" + clause);
        assertThat(error.withContext(context).notRetried()).contains(reason);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "'', longer than maxRetryAfter",
        "PT61S, 'to wait 61 s, longer than'",
        "PT2562047788015215H30M7.999999999S, 'to wait 9223372036854775807.999999999 s,'",
    })
    void anyWishFitsIntoTheMessage(@Nullable String wish, String expected) {
        Duration retryAfter = wish == null || wish.isEmpty() ? null : Duration.parse(wish);
        FailureContext context = FailureContext.attempted(true)
                .withRetryAfter(retryAfter)
                .withNotRetried(NotRetried.RETRY_AFTER_TOO_LONG);
        assertThat(error("rate_limit_error", 429, false).withContext(context)).hasMessageContaining(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            emptyValue = "",
            value = {
                "{\"type\":\"error\",\"error\":{\"type\":\"t\",\"message\":\"m\",\"details\":{\"error_code\":\"c\"}},\"request_id\":\"r\"} | t m c r",
                "{\"error\":{\"type\":\"t\",\"message\":\"m\"}}                      | t m null null",
                "{\"type\":\"error\",\"error\":{\"type\":\"t\",\"message\":\"m\",\"details\":null},\"request_id\":null} | t m null null",
                "{\"error\":{\"type\":7,\"message\":[],\"details\":\"x\"}}           | null  null null",
                "{\"error\":{\"details\":{\"error_code\":5}}}                        | null  null null",
                "{\"type\":\"t\",\"message\":\"m\"}                                  | t m null null",
                "{\"type\":\"error\",\"message\":\"m\"}                              | null m null null",
                "{\"message\":\"m\"}                                                 | null m null null",
                "{\"error\":\"m\"}                                                   | null m null null",
                "{\"error\":null}                                                    | null  null null",
                "\"m\"                                                               | null m null null",
                "{}                                                                  | null  null null",
            })
    void envelopeIsReadWithTolerance(String json, String expected) {
        ApiError error = ApiError.read(Json.parse(json));
        assertThat(error.type() + " " + error.message() + " " + error.code() + " " + error.requestId())
                .isEqualTo(expected);
    }

    @Test
    void detailsAreAllThere() {
        Json details = Json.parse("{\"error_code\":\"organization_on_hold\",\"appeal_url\":\"https://example.org\"}");
        ApiFailure failure = new ApiFailure(
                ApiError.read(Json.of(Map.of("error", Map.of("type", "invalid_request_error", "details", details)))),
                ResponseMetadata.none(),
                false);
        ApiException error = ApiException.of(failure, FailureContext.local());
        assertThat(error.errorCode()).contains("organization_on_hold");
        assertThat(error.details()).contains(details);
        assertThat(error.apiMessage()).isEmpty();
    }

    private static ApiException error(@Nullable String type, int status, boolean inStream) {
        return ApiException.of(
                new ApiFailure(
                        new ApiError(type, "why", null, null, null), new ResponseMetadata(status, Map.of()), inStream),
                FailureContext.attempted(false));
    }

    @ParameterizedTest(name = "HTTP {0} with an unknown type is {1}")
    @CsvSource({
        "401, AuthenticationException",
        "409, ConflictException",
        "429, RateLimitException",
        "500, ServerException",
        "529, OverloadedException",
        "418, UnknownApiException",
    })
    void statusDecidesWhereTheTypeIsUnknown(int status, String exception) {
        ApiException error = error("too_many_moons", status, false);
        assertThat(error.getClass().getSimpleName()).isEqualTo(exception);
        assertThat(error.errorType()).isEqualTo("too_many_moons");
        assertThat(error.withContext(FailureContext.local())).hasSameClassAs(error);
    }
}
