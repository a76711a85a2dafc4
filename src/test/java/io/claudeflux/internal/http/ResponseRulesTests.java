package io.claudeflux.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.Origin;
import io.claudeflux.error.StreamException;
import io.claudeflux.error.StreamException.Kind;
import io.claudeflux.message.ResponseMetadata;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the head of a response must be for a stream to follow. */
class ResponseRulesTests {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/event-stream", "text/event-stream; charset=utf-8", "TEXT/Event-Stream",
                "text/event-stream;charset=windows-1252", " text/event-stream ; a=b", "text/event-stream;"
            })
    void eventStreamIsReadWhateverItsParameters(String type) {
        assertThat(fault(head(200, "content-type", type))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text/html",
                "application/json",
                "text/event-streams",
                "application/text/event-stream",
                "text/plain; text/event-stream",
                "multipart/mixed; boundary=text/event-stream",
                "application/vnd.amazon.eventstream"
            })
    void otherTypesAreNoStream(String type) {
        assertThat(fault(head(200, "content-type", type))).isEqualTo(Kind.UNEXPECTED_CONTENT_TYPE);
        assertThat(fault(head(200))).isEqualTo(Kind.UNEXPECTED_CONTENT_TYPE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", "br", "deflate", "zstd", "identity, gzip", "gzip, identity", "x-unknown"})
    void compressedBodiesAreNotRead(String encoding) {
        ResponseMetadata head = head(200, "content-type", "text/event-stream", "content-encoding", encoding);
        assertThat(fault(head)).isEqualTo(Kind.UNEXPECTED_ENCODING);
        assertThat(ResponseRules.isWorthReading(Kind.UNEXPECTED_ENCODING)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "Identity", " identity "})
    void uncompressedBodiesAreRead(String encoding) {
        assertThat(fault(head(200, "content-type", "text/event-stream", "content-encoding", encoding)))
                .isNull();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "201, UNEXPECTED_STATUS",
        "202, UNEXPECTED_STATUS",
        "204, UNEXPECTED_STATUS",
        "205, UNEXPECTED_STATUS",
        "206, UNEXPECTED_STATUS",
        "300, REDIRECT",
        "301, REDIRECT",
        "302, REDIRECT",
        "303, REDIRECT",
        "304, REDIRECT",
        "307, REDIRECT",
        "308, REDIRECT",
        "101, UNEXPECTED_STATUS"
    })
    void otherStatusesAreNoStream(int status, Kind kind) {
        ResponseMetadata head = head(status, "content-type", "text/event-stream");
        assertThat(ResponseRules.isApiError(head)).isFalse();
        assertThat(fault(head)).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 418, 429, 500, 529, 599, 600, 999})
    void errorsAreTheApis(int status) {
        assertThat(ResponseRules.isApiError(head(status))).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "https://evil.example/SECRET?k=SECRET#SECRET     | https://evil.example;",
                "http://evil.example:8080/SECRET                 | http://evil.example;",
                "https://user:SECRET@evil.example/               | https://evil.example;",
                "https://[::1]:8080/SECRET                       | https://[::1];",
                "/SECRET                                         | another path;",
                "SECRET/path                                     | another path;",
                "javascript:SECRET                               | another path;",
                "https://exa mple/SECRET                         | somewhere that is not a URL;",
                "https://evil.example/SECRET%zz                  | somewhere that is not a URL;",
                "''                                              | another path;",
            })
    void redirectShowsSchemeAndHostOnly(String location, String shown) {
        ResponseMetadata head = head(307, "location", location, "request-id", "req_1");
        ClaudeException error = exception(Kind.REDIRECT, head, "");
        assertThat(error.getMessage())
                .contains("HTTP 307 redirects to " + shown)
                .doesNotContain("SECRET")
                .contains("[request-id req_1]");
        assertThat(error.origin()).isEqualTo(Origin.HTTP);
        assertThat(error.isRetryable()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"UNEXPECTED_STATUS", "UNEXPECTED_CONTENT_TYPE", "UNEXPECTED_ENCODING", "REDIRECT"})
    void exceptionKnowsItsKindAndShowsTheBodyApart(Kind kind) {
        StreamException error = (StreamException) exception(kind, head(200), "<html>words</html>");
        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error.reason()).isNotBlank();
        assertThat(error.excerpt()).contains("<html>words</html>");
        assertThat(error.getMessage()).doesNotContain("words").hasSizeLessThan(300);
        assertThat(((StreamException) exception(kind, head(200), "")).excerpt()).isEmpty();
    }

    private static ResponseMetadata head(int status, String... headers) {
        Map<String, List<String>> map = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            map.put(headers[i], List.of(headers[i + 1]));
        }
        return new ResponseMetadata(status, map);
    }

    @Test
    void everyContentEncodingIsLookedAt() {
        ResponseMetadata head = new ResponseMetadata(
                200,
                Map.of(
                        "content-type", List.of("text/event-stream"),
                        "content-encoding", List.of("identity", "gzip")));
        assertThat(fault(head)).isEqualTo(Kind.UNEXPECTED_ENCODING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"//evil.example/x", "LONG://evil.example/x", "https://LONG/x", "x-LONG:y"})
    void redirectOfAnySortMakesAShortSentence(String location) {
        ResponseMetadata head = head(307, "location", location.replace("LONG", "x".repeat(20_000)));
        assertThat(exception(Kind.REDIRECT, head, "").getMessage())
                .hasSizeLessThan(1_000)
                .doesNotContain("null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "Application/JSON; charset=utf-8", "application/problem+json"})
    void jsonIsExpectedWhereItIsAskedFor(String type) {
        ResponseMetadata head = new ResponseMetadata(201, Map.of("content-type", List.of(type)));
        assertThat(ResponseRules.fault(head, Expected.JSON)).isNull();
        assertThat(fault(head)).isEqualTo(Kind.UNEXPECTED_STATUS);
    }

    @Test
    void nothingElseIsJson() {
        assertThat(ResponseRules.fault(new ResponseMetadata(204, Map.of()), Expected.JSON))
                .isEqualTo(Kind.UNEXPECTED_STATUS);
        ResponseMetadata page = new ResponseMetadata(200, Map.of("content-type", List.of("text/html")));
        assertThat(ResponseRules.fault(page, Expected.JSON)).isEqualTo(Kind.UNEXPECTED_CONTENT_TYPE);
        assertThat(ResponseRules.exception(Kind.UNEXPECTED_CONTENT_TYPE, page, Expected.JSON, "<html>"))
                .hasMessageContaining("HTTP 200 did not bring JSON");
    }

    private static @Nullable Kind fault(ResponseMetadata head) {
        return ResponseRules.fault(head, Expected.EVENT_STREAM);
    }

    private static ClaudeException exception(Kind kind, ResponseMetadata head, String body) {
        return ResponseRules.exception(kind, head, Expected.EVENT_STREAM, body);
    }
}
