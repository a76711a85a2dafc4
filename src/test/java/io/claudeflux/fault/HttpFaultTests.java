package io.claudeflux.fault;

import static io.claudeflux.fault.Expect.broken;
import static io.claudeflux.fault.Expect.done;
import static io.claudeflux.fault.Expect.failed;
import static io.claudeflux.fault.FaultRow.retried;
import static io.claudeflux.fault.FaultRow.row;
import static io.claudeflux.fixture.Frames.errorJson;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.fin;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.head;
import static io.claudeflux.fixture.Steps.json;
import static io.claudeflux.fixture.Steps.raw;
import static io.claudeflux.fixture.Steps.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.error.ApiException;
import io.claudeflux.error.ApiTimeoutException;
import io.claudeflux.error.AuthenticationException;
import io.claudeflux.error.BillingException;
import io.claudeflux.error.ConflictException;
import io.claudeflux.error.InvalidRequestException;
import io.claudeflux.error.NotFoundException;
import io.claudeflux.error.OverloadedException;
import io.claudeflux.error.PermissionException;
import io.claudeflux.error.RateLimitException;
import io.claudeflux.error.RequestTooLargeException;
import io.claudeflux.error.ServerException;
import io.claudeflux.error.StreamException;
import io.claudeflux.error.UnknownApiException;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.stream.StreamEvent;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Group C: responses that are no event stream. */
@Timeout(120)
class HttpFaultTests {
    private static final String HTML = "<html><body>Bad Gateway</body></html>";

    @TestFactory
    Stream<DynamicTest> canonicalErrors() {
        return Stream.of(
                canonical("C01", 400, "invalid_request_error", InvalidRequestException.class),
                canonical("C01", 401, "authentication_error", AuthenticationException.class),
                canonical("C01", 402, "billing_error", BillingException.class),
                canonical("C01", 403, "permission_error", PermissionException.class),
                canonical("C01", 404, "not_found_error", NotFoundException.class),
                canonical("C01", 413, "request_too_large", RequestTooLargeException.class),
                canonical("C01", 422, "invalid_request_error", InvalidRequestException.class),
                canonical("C02", 408, "timeout_error", ApiTimeoutException.class),
                canonical("C02", 409, "conflict_error", ConflictException.class),
                canonical("C02", 429, "rate_limit_error", RateLimitException.class),
                canonical("C02", 500, "api_error", ServerException.class),
                canonical("C02", 502, "api_error", ServerException.class),
                canonical("C02", 503, "api_error", ServerException.class),
                canonical("C02", 504, "timeout_error", ApiTimeoutException.class),
                canonical("C02", 529, "overloaded_error", OverloadedException.class),
                canonical("C22", 418, "weird_error", UnknownApiException.class));
    }

    @TestFactory
    Stream<DynamicTest> bodiesThatAreNoEnvelope() {
        return Stream.of(
                retried(
                        "C03 502 with HTML",
                        reply(response(502, "text/html", HTML)),
                        typed(ServerException.class, 502)),
                retried(
                        "C03 503 with HTML",
                        reply(response(503, "text/html", HTML)),
                        typed(ServerException.class, 503)),
                retried(
                        "C03 520 with HTML",
                        reply(response(520, "text/html", HTML)),
                        typed(ServerException.class, 520)),
                row(
                        "C03 413 with HTML",
                        reply(response(413, "text/html", HTML)),
                        typed(RequestTooLargeException.class, 413)),
                row(
                        "C03 400 with plain text",
                        reply(response(400, "text/plain", "no")),
                        typed(InvalidRequestException.class, 400)),
                retried(
                        "C04 529 with an empty body",
                        reply(response(529, "application/json", "")),
                        typed(OverloadedException.class, 529)),
                retried("C04 500 with a JSON string", reply(json(500, "\"boom\"")), typed(ServerException.class, 500)),
                retried("C04 429 with JSON null", reply(json(429, "null")), typed(RateLimitException.class, 429)),
                row("C04 401 with an array", reply(json(401, "[[[[1]]]]")), typed(AuthenticationException.class, 401)),
                row(
                        "C04 403 with members of the wrong type",
                        reply(json(
                                403,
                                "{\"type\":1,\"error\":{\"type\":[],\"message\":{},\"details\":7},\"request_id\":{}}")),
                        typed(PermissionException.class, 403)),
                row(
                        "C04 404 with an error that is a string",
                        reply(json(404, "{\"error\":\"gone\"}")),
                        typed(NotFoundException.class, 404)),
                retried(
                        "C04 500 with JSON nested 5,000 deep",
                        reply(json(500, "[".repeat(5000) + "]".repeat(5000))),
                        typed(ServerException.class, 500)),
                retried(
                        "C04 500 with bytes that are no UTF-8",
                        reply(
                                head(500, "content-type: application/json", "content-length: 3"),
                                raw(new byte[] {(byte) 0xff, (byte) 0xfe, 0}),
                                fin()),
                        typed(ServerException.class, 500)));
    }

    @TestFactory
    Stream<DynamicTest> errorBodiesThatBreak() {
        String body = errorJson("overloaded_error", "busy");
        return Stream.of(
                retried(
                        "C08 the body ends before its Content-Length",
                        reply(head(529, "content-type: application/json", "content-length: 4000"), raw(body), fin()),
                        typed(OverloadedException.class, 529)),
                retried(
                        "C08 the chunked body is cut",
                        reply(
                                head(529, "content-type: application/json", "transfer-encoding: chunked"),
                                chunk(body),
                                fin()),
                        typed(OverloadedException.class, 529)),
                retried(
                        "C08 the body ends with the connection",
                        reply(head(529, "content-type: application/json"), raw(body), fin()),
                        typed(OverloadedException.class, 529)),
                retried(
                        "C27 an error status with a stream's content type",
                        reply(response(529, "text/event-stream", "event: error\ndata: " + body + "\n\n")),
                        typed(OverloadedException.class, 529)),
                retried(
                        "C27 a compressed error body stays unread but typed",
                        reply(response(503, "application/json", "\u001f\u008b", "content-encoding: gzip")),
                        typed(ServerException.class, 503)));
    }

    @TestFactory
    Stream<DynamicTest> successThatIsNoStream() {
        return Stream.of(
                row(
                        "C09 200 with HTML",
                        reply(response(200, "text/html", HTML)),
                        broken(StreamException.Kind.UNEXPECTED_CONTENT_TYPE, 0)
                                .andThen(o -> assertThat(
                                                o.error(StreamException.class).excerpt())
                                        .hasValueSatisfying(
                                                excerpt -> assertThat(excerpt).contains("Bad Gateway")))),
                row(
                        "C10 200 with a JSON message",
                        reply(json(200, "{\"type\":\"message\"}")),
                        broken(StreamException.Kind.UNEXPECTED_CONTENT_TYPE, 0)),
                row(
                        "C10 200 with text/event-streams",
                        reply(response(200, "text/event-streams", good("hi"))),
                        broken(StreamException.Kind.UNEXPECTED_CONTENT_TYPE, 0)),
                row(
                        "C11 200 without a content type",
                        reply(head(200, "transfer-encoding: chunked"), chunk(good("hi")), end()),
                        broken(StreamException.Kind.UNEXPECTED_CONTENT_TYPE, 0)),
                row("C12 204", reply(head(204), fin()), broken(StreamException.Kind.UNEXPECTED_STATUS, 0)),
                row(
                        "C12 205",
                        reply(response(205, "text/event-stream", "")),
                        broken(StreamException.Kind.UNEXPECTED_STATUS, 0)),
                row(
                        "C12 201 with a stream",
                        reply(response(201, "text/event-stream", good("hi"))),
                        broken(StreamException.Kind.UNEXPECTED_STATUS, 0)),
                retried("C12 200 with an empty body", reply(h200(), end()), broken(StreamException.Kind.INCOMPLETE, 0)),
                retried(
                        "C12 200 with an empty body of length 0",
                        reply(response(200, "text/event-stream", "")),
                        broken(StreamException.Kind.INCOMPLETE, 0)),
                row(
                        "G18 content-encoding gzip",
                        reply(response(200, "text/event-stream", good("hi"), "content-encoding: gzip")),
                        broken(StreamException.Kind.UNEXPECTED_ENCODING, 0)),
                row(
                        "G18 content-encoding br",
                        reply(response(200, "text/event-stream", good("hi"), "content-encoding: br")),
                        broken(StreamException.Kind.UNEXPECTED_ENCODING, 0)),
                row(
                        "G18 content-encoding identity",
                        reply(response(200, "text/event-stream", good("hi"), "content-encoding: Identity")),
                        done("hi")),
                row(
                        "C13 103 and 100 before the 200",
                        reply(
                                raw("HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"),
                                h200(),
                                chunk(good("hi")),
                                end()),
                        done("hi")));
    }

    @ParameterizedTest(name = "C14 {0} to a second server")
    @ValueSource(ints = {301, 302, 303, 307, 308, 300, 304})
    void redirectsAreNotFollowed(int status) {
        try (ScriptedServer second = ScriptedServer.start(reply(h200(), chunk(good("stolen")), end()));
                FaultBench bench = FaultBench.serving(reply(response(
                        status, "text/plain", "", "location: " + second.baseUrl() + "/v1/secret-path?token=abc")))) {
            Outcome<StreamEvent> outcome = bench.stream();
            broken(StreamException.Kind.REDIRECT, 0).accept(outcome);
            assertThat(outcome.error(StreamException.class).getMessage())
                    .contains("127.0.0.1")
                    .doesNotContain("secret-path")
                    .doesNotContain("token");
            assertThat(second.conns()).isZero();
            assertThat(bench.server().reqs()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("C14 a redirect without a Location")
    void redirectWithoutLocationIsTyped() {
        try (FaultBench bench = FaultBench.serving(reply(response(302, "text/plain", "")))) {
            broken(StreamException.Kind.REDIRECT, 0).accept(bench.stream());
        }
    }

    @Test
    @DisplayName("C16 429 with Retry-After: the hint is in the error")
    void retryAfterIsExposed() {
        try (FaultBench bench = FaultBench.servingOnce(
                reply(json(429, errorJson("rate_limit_error", "slow down"), "retry-after: 7")))) {
            ApiException error = bench.stream().error(RateLimitException.class);
            assertThat(error.retryAfter()).contains(Duration.ofSeconds(7));
            assertThat(error.isRetryable()).isTrue();
        }
    }

    @Test
    @DisplayName("C17 a spend limit is told by its code and not worth a retry")
    void spendLimitIsNotRetryable() {
        String body = "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"cap\","
                + "\"details\":{\"error_code\":\"enforced_spend_limit_reached\",\"x\":1}},\"request_id\":null}";
        try (FaultBench bench = FaultBench.serving(reply(json(429, body)))) {
            ApiException error = bench.stream().error(RateLimitException.class);
            assertThat(error.errorCode()).contains("enforced_spend_limit_reached");
            assertThat(error.details()).isPresent();
            assertThat(error.isRetryable()).isFalse();
            assertThat(error.requestId()).contains("req_t");
            assertThat(bench.server().reqs()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("C19 without a request-id header the body's counts")
    void requestIdIsTakenFromTheBody() {
        try (FaultBench bench =
                FaultBench.serving(reply(response(400, "application/json", errorJson("invalid_request_error", "x"))))) {
            assertThat(bench.stream().error(ApiException.class).requestId()).contains("req_body");
        }
    }

    @Test
    @DisplayName("C20 401 asks the key supplier once and is final")
    void rotatingKeyDoesNotChangeA401() {
        AtomicInteger asked = new AtomicInteger();
        try (FaultBench bench = FaultBench.serving(
                b -> b.apiKey(() -> Mono.fromSupplier(() -> FaultBench.KEY + asked.incrementAndGet())),
                reply(json(401, errorJson("authentication_error", "invalid x-api-key"))))) {
            bench.stream().error(AuthenticationException.class);
            bench.stream().error(AuthenticationException.class);
            assertThat(bench.server().requests())
                    .extracting(request -> request.header("x-api-key").orElse(""))
                    .containsExactly(FaultBench.KEY + "1", FaultBench.KEY + "2");
        }
    }

    @Test
    @DisplayName("S16 a message of 1 MB with CRLF and ESC is escaped and short")
    void serverTextIsTamed() {
        String nasty = "line\r\nlog: forged\u001b[31m" + "x".repeat(100_000);
        try (FaultBench bench = FaultBench.serving(reply(json(400, errorJson("invalid_request_error", nasty))))) {
            ApiException error = bench.stream().error(InvalidRequestException.class);
            assertThat(error.getMessage()).hasSizeLessThanOrEqualTo(2048).doesNotContain("\r", "\n", "\u001b");
            assertThat(error.toString()).doesNotContain("\r", "\n", "\u001b");
        }
    }

    @Test
    @DisplayName("C28 error after error on one connection, all typed, no connection lost")
    void errorsWithWholeBodiesKeepTheConnection() {
        Script[] scripts = IntStream.range(0, 20)
                .mapToObj(i -> reply(json(
                        i % 2 == 0 ? 529 : 400,
                        errorJson(i % 2 == 0 ? "overloaded_error" : "invalid_request_error", "x"))))
                .toArray(Script[]::new);
        try (FaultBench bench = FaultBench.servingOnce(scripts)) {
            for (int i = 0; i < scripts.length; i++) {
                bench.stream().error(ApiException.class);
            }
            assertThat(bench.server().reqs()).isEqualTo(20);
            assertThat(bench.server().conns()).isLessThanOrEqualTo(4);
        }
    }

    /** An error in its canonical form; those under C02 are tried again. */
    private static DynamicTest canonical(String id, int status, String type, Class<? extends ApiException> expected) {
        String name = id + " " + status + " " + type;
        Script script = reply(json(status, errorJson(type, "because")));
        boolean passing = id.equals("C02");
        Consumer<Outcome<StreamEvent>> outcome = typed(expected, status).andThen(o -> {
            ApiException error = o.error(expected);
            assertThat(error.errorType()).isEqualTo(type);
            assertThat(error.apiMessage()).isEqualTo("because");
            assertThat(error.getMessage()).contains("because").contains("req_t");
            assertThat(error.requestId()).contains("req_t");
            assertThat(error.isRetryable()).isEqualTo(passing);
            assertThat(error.isAmbiguous()).isFalse();
            assertThat(error.retryAfter()).isEmpty();
        });
        return passing ? retried(name, script, outcome) : row(name, script, outcome);
    }

    private static Consumer<Outcome<StreamEvent>> typed(Class<? extends ApiException> type, int status) {
        return failed(type, 0).andThen(outcome -> {
            ApiException error = outcome.error(type);
            assertThat(error.status()).isEqualTo(status);
            assertThat(error.effectiveStatus()).isEqualTo(status);
            assertThat(error.isInStream()).isFalse();
            assertThat(error.response().status()).isEqualTo(status);
        });
    }
}
