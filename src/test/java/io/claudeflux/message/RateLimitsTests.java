package io.claudeflux.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitsTests {
    private static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");

    @ParameterizedTest(name = "{0} is family {1}")
    @CsvSource({
        "anthropic-ratelimit-requests, requests",
        "anthropic-ratelimit-tokens, tokens",
        "anthropic-ratelimit-input-tokens, input-tokens",
        "anthropic-ratelimit-output-tokens, output-tokens",
        "anthropic-priority-input-tokens, priority-input-tokens",
        "anthropic-priority-output-tokens, priority-output-tokens",
        "anthropic-fast-input-tokens, fast-input-tokens",
        "anthropic-fast-output-tokens, fast-output-tokens",
        "anthropic-ratelimit-unified, unified",
        "anthropic-ratelimit-unified-5h, unified-5h",
        "anthropic-ratelimit-unified-7d, unified-7d",
        "anthropic-ratelimit-moon-phases, moon-phases",
    })
    void everyFamilyIsRead(String header, String family) {
        RateLimits limits = RateLimits.of(Map.of(
                header + "-limit", List.of("4000"),
                header + "-remaining", List.of("3999"),
                header + "-reset", List.of("2026-11-21T10:00:00Z")));

        assertThat(limits.families()).containsOnlyKeys(family);
        assertThat(limits.family(family)).contains(new RateLimit(4000L, 3999L, TEN));
        assertThat(limits.others()).isEmpty();
    }

    @Test
    void familiesDoNotMix() {
        Map<String, List<String>> headers = new HashMap<>();
        headers.put("anthropic-ratelimit-requests-limit", List.of("1"));
        headers.put("anthropic-ratelimit-tokens-limit", List.of("2"));
        headers.put("anthropic-ratelimit-input-tokens-limit", List.of("3"));
        headers.put("anthropic-ratelimit-output-tokens-limit", List.of("4"));
        headers.put("anthropic-fast-input-tokens-limit", List.of("5"));
        RateLimits limits = RateLimits.of(headers);

        assertThat(limits.requests().orElseThrow().limit()).isEqualTo(1);
        assertThat(limits.tokens().orElseThrow().limit()).isEqualTo(2);
        assertThat(limits.inputTokens().orElseThrow().limit()).isEqualTo(3);
        assertThat(limits.outputTokens().orElseThrow().limit()).isEqualTo(4);
        assertThat(limits.family("fast-input-tokens").orElseThrow().limit()).isEqualTo(5);
        assertThat(limits.family("requests-limit")).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "2026-11-21T10:00:00Z, 2026-11-21T10:00:00Z",
        "2026-11-21T10:00:00.25Z, 2026-11-21T10:00:00.250Z",
        "2026-11-21T10:00:00.123456789Z, 2026-11-21T10:00:00.123456789Z",
        "2026-11-21t10:00:00z, 2026-11-21T10:00:00Z",
        "2026-11-21T12:00:00+02:00, 2026-11-21T10:00:00Z",
        "1795255200, 2026-11-21T10:00:00Z",
        "1795255200.5, 2026-11-21T10:00:00.500Z",
        "' 1795255200 ', 2026-11-21T10:00:00Z",
        "0, 1970-01-01T00:00:00Z",
    })
    void resetIsReadInEveryWriting(String text, Instant reset) {
        assertThat(reset(text)).isEqualTo(reset);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                " ",
                "soon",
                "NaN",
                "Infinity",
                "1e400000000",
                "1e-400000000",
                "9999999999999999999999999",
                "T",
                "2026-11-21",
                "2026-13-21T10:00:00Z",
                "2026-11-21T10:00:00",
                "2026-11-21T25:00:00Z",
                "tomorrow at noon",
                "+1000000000-01-01T00:00:00Z",
                "0x10",
                "--1"
            })
    void whatIsNoTimeIsLeftOut(String text) {
        assertThat(reset(text)).isNull();
    }

    private static @Nullable Instant reset(String text) {
        RateLimit limit = RateLimits.of(Map.of("anthropic-ratelimit-requests-reset", List.of(text)))
                .requests()
                .orElseThrow();
        return limit.reset();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"", "many", "1.5", "9223372036854775808", "NaN", "4,000", "0x10"})
    void whatIsNoNumberIsLeftOut(String text) {
        RateLimits limits = RateLimits.of(Map.of(
                "anthropic-ratelimit-requests-limit", List.of(text),
                "anthropic-ratelimit-requests-remaining", List.of("7")));
        assertThat(limits.requests()).contains(new RateLimit(null, 7L, null));
    }

    @Test
    void headersThatAreNeitherLimitNorTimeAreKeptByName() {
        RateLimits limits = RateLimits.of(Map.of(
                "anthropic-ratelimit-unified-status", List.of("allowed"),
                "anthropic-ratelimit-unified-5h-utilization", List.of("0.25"),
                "anthropic-ratelimit-unified-representative-claim", List.of("five_hour"),
                "anthropic-organization-id", List.of("org"),
                "anthropic-ratelimit-tokens-limit", List.of(),
                "x-ratelimit-limit-requests", List.of("1")));
        assertThat(limits.others())
                .containsOnly(
                        Map.entry("unified-status", "allowed"),
                        Map.entry("unified-5h-utilization", "0.25"),
                        Map.entry("unified-representative-claim", "five_hour"));
        assertThat(limits.families()).isEmpty();
        assertThat(RateLimits.of(Map.of()).requests()).isEmpty();
    }

    @Test
    void headIsReadWithoutRegardToCase() {
        ResponseMetadata head = new ResponseMetadata(
                429,
                Map.of(
                        "request-id", List.of("req_1", "req_2"),
                        "x-amzn-requestid", List.of("amzn"),
                        "anthropic-organization-id", List.of("org"),
                        "empty", List.of(),
                        "anthropic-ratelimit-requests-limit", List.of("5")));
        assertThat(head.header("Request-Id")).contains("req_1");
        assertThat(head.requestId()).contains("req_1");
        assertThat(head.organizationId()).contains("org");
        assertThat(head.header("empty")).isEmpty();
        assertThat(head.header("none")).isEmpty();
        assertThat(head.rateLimits().requests()).isPresent();
        assertThat(head.toString()).contains("429", "req_1").doesNotContain("org");
    }

    @Test
    void requestIdOfAwsStandsInWhereItIsAllThereIs() {
        ResponseMetadata head = new ResponseMetadata(200, Map.of("x-amzn-requestid", List.of("amzn")));
        assertThat(head.requestId()).contains("amzn");
        assertThat(ResponseMetadata.none().requestId()).isEmpty();
        assertThat(ResponseMetadata.none().status()).isZero();
    }

    @Test
    void headersThatChangeLaterChangeNothing() {
        List<String> values = new ArrayList<>(List.of("req_1"));
        Map<String, List<String>> headers = new HashMap<>(Map.of("request-id", values));
        ResponseMetadata head = new ResponseMetadata(200, headers);
        headers.clear();
        values.clear();
        assertThat(head.requestId()).contains("req_1");
    }
}
