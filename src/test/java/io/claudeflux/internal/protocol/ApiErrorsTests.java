package io.claudeflux.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.error.ApiException;
import io.claudeflux.error.OverloadedException;
import io.claudeflux.error.RateLimitException;
import io.claudeflux.error.ServerException;
import io.claudeflux.message.Json;
import io.claudeflux.message.ResponseMetadata;
import io.claudeflux.stream.Ping;
import io.claudeflux.stream.UnknownEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an error of the server means. */
class ApiErrorsTests {
    private final ApiErrors errors = new ApiErrors(Clock.systemUTC());

    @ParameterizedTest(name = "HTTP {0} passes: {1}")
    @CsvSource({
        "400, false", "401, false", "402, false", "403, false", "404, false", "408, true", "409, true", "410, false",
        "412, false", "413, false", "418, false", "422, false", "425, false", "429, true", "431, false", "451, false",
        "500, true", "501, false", "502, true", "503, true", "504, true", "505, false", "520, true", "529, true"
    })
    void statusSaysWhetherItPasses(int status, boolean passes) {
        assertThat(errors.ofResponse(head(status), "").isRetryable()).isEqualTo(passes);
        assertThat(errors.ofResponse(head(status, "x-should-retry", "true"), "").isRetryable())
                .isTrue();
        assertThat(errors.ofResponse(head(status, "x-should-retry", "false"), "")
                        .isRetryable())
                .isFalse();
        assertThat(errors.ofResponse(head(status, "x-should-retry", "maybe"), "")
                        .isRetryable())
                .isEqualTo(passes);
    }

    @ParameterizedTest(name = "{0} {1} passes: {2}")
    @CsvSource({
        "429, enforced_spend_limit_reached, false",
        "429, contract_spend_limit_reached, false",
        "429, ramp_limit_exceeded, true",
        "429, some_future_code, true",
        "409, skill_read_blocked_undecryptable, false",
        "409, concurrent_membership_change, true",
        "503, cmek_key_unreachable, true",
        "529, compaction_unavailable, true",
        "400, cmek_key_disabled, false",
    })
    void codeSaysWhetherItPasses(int status, String code, boolean passes) {
        String body = "{\"error\":{\"type\":\"rate_limit_error\",\"message\":\"m\",\"details\":{\"error_code\":\""
                + code + "\"}}}";
        ApiException error = errors.ofResponse(head(status), body);
        assertThat(error.isRetryable()).isEqualTo(passes);
        assertThat(error.errorCode()).contains(code);
        boolean isHopeless = status != 400 && !passes;
        assertThat(errors.ofResponse(head(status, "x-should-retry", "true"), body)
                        .isRetryable())
                .as("the server's own word overrides the status, and not a limit that does not pass")
                .isEqualTo(!isHopeless);
    }

    @ParameterizedTest(name = "{0} in a stream passes: {1}")
    @CsvSource({
        "overloaded_error, true",
        "api_error, true",
        "rate_limit_error, true",
        "timeout_error, true",
        "invalid_request_error, false",
        "authentication_error, false",
        "billing_error, false",
        "permission_error, false",
        "not_found_error, false",
        "request_too_large, false",
        "conflict_error, false",
        "weird_error, false"
    })
    void typeSaysWhetherItPassesInAStream(String type, boolean passes) {
        ApiException error = errors.ofEvent(
                Json.parse("{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\"m\"}}"), head(200));
        assertThat(error.isRetryable()).isEqualTo(passes);
        assertThat(error.isInStream()).isTrue();
        assertThat(error.apiMessage()).isEqualTo("m");
    }

    @Test
    void hopelessCodeInAStreamDoesNotPass() {
        Json event = Json.parse("{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"m\","
                + "\"details\":{\"error_code\":\"enforced_spend_limit_reached\"}},\"request_id\":\"req_body\"}");
        ApiException error = errors.ofEvent(event, head(200));
        assertThat(error).isInstanceOf(RateLimitException.class);
        assertThat(error.isRetryable()).isFalse();
        assertThat(error.requestId()).contains("req_body");
        assertThat(errors.ofEvent(event, head(200, "request-id", "req_head")).requestId())
                .as("the header is the reliable source")
                .contains("req_head");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "<html><body>502 Bad Gateway</body></html>", "Bad Gateway", "  Bad Gateway\n", "{broken Bad Gateway",
                "\"Bad Gateway\"", "{\"error\":\"Bad Gateway\"}", "{\"message\":\"Bad Gateway\"}", "[\"Bad Gateway\"]"
            })
    void bodyThatIsNoEnvelopeIsTheMessage(String body) {
        ApiException error = errors.ofResponse(head(502), body);
        assertThat(error).isInstanceOf(ServerException.class);
        assertThat(error.apiMessage()).contains("Bad Gateway");
        assertThat(error.errorType()).isEqualTo("api_error");
        assertThat(error.requestId()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"", " ", "7", "null", "true", "[]", "{}", "{\"error\":{}}"})
    void bodyThatSaysNothingIsStillAnError(String body) {
        assertThat(errors.ofResponse(head(529), body)).isInstanceOf(OverloadedException.class);
    }

    @Test
    void bodyBeyondTheParsersBoundsIsText() {
        ApiException error = errors.ofResponse(head(500), "{\"error\":" + "[".repeat(100_000));
        assertThat(error).isInstanceOf(ServerException.class);
        assertThat(error.apiMessage()).startsWith("{\"error\":[[[").hasSizeLessThan(2_048);
    }

    @Test
    void hintComesAlong() {
        ApiException error = errors.ofResponse(head(429, "retry-after", "61", "request-id", "req_1"), "");
        assertThat(error.retryAfter()).contains(Duration.ofSeconds(61));
        assertThat(error.requestId()).contains("req_1");
        assertThat(error.attempts()).isEqualTo(1);
        assertThat(error.response().header("retry-after")).contains("61");
    }

    @Test
    void errorEventsAreRaisedAndOthersPass() {
        StreamFaults faults = new StreamFaults(errors, head(200, "request-id", "req_1"), UnaryOperator.identity());
        assertThatCode(() -> {
                    faults.raise(new Ping());
                    faults.raise(new UnknownEvent("later", Json.parse("{\"error\":{}}")));
                })
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> faults.raise(new UnknownEvent("error", Json.of("upstream went away"))))
                .isInstanceOfSatisfying(ApiException.class, error -> {
                    assertThat(error.apiMessage()).isEqualTo("upstream went away");
                    assertThat(error.requestId()).contains("req_1");
                    assertThat(error.status()).isEqualTo(200);
                });
    }

    private static ResponseMetadata head(int status, String... headers) {
        Map<String, List<String>> map = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            map.put(headers[i], List.of(headers[i + 1]));
        }
        return new ResponseMetadata(status, map);
    }

    @Test
    void objectThatSaysItInOtherWordsIsShownWhole() {
        ApiException error = errors.ofResponse(head(404), "{\"detail\":\"Not Found\"}");
        assertThat(error.apiMessage()).contains("Not Found");
    }
}
