package io.claudeflux.fault;

import static io.claudeflux.fault.Expect.done;
import static io.claudeflux.fault.Expect.failed;
import static io.claudeflux.fault.Expect.inStream;
import static io.claudeflux.fault.Expect.incomplete;
import static io.claudeflux.fault.Expect.protocol;
import static io.claudeflux.fault.Expect.transport;
import static io.claudeflux.fault.FaultRow.retried;
import static io.claudeflux.fault.FaultRow.row;
import static io.claudeflux.fault.FaultRow.sequence;
import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.data;
import static io.claudeflux.fixture.Frames.err;
import static io.claudeflux.fixture.Frames.errorJson;
import static io.claudeflux.fixture.Frames.frame;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Frames.ping;
import static io.claudeflux.fixture.Frames.quote;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.fin;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.hang;
import static io.claudeflux.fixture.Steps.head;
import static io.claudeflux.fixture.Steps.json;
import static io.claudeflux.fixture.Steps.raw;
import static io.claudeflux.fixture.Steps.response;
import static io.claudeflux.fixture.Steps.rst;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.error.ApiException;
import io.claudeflux.error.ApiTimeoutException;
import io.claudeflux.error.AuthenticationException;
import io.claudeflux.error.BillingException;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.InvalidRequestException;
import io.claudeflux.error.NotFoundException;
import io.claudeflux.error.OverloadedException;
import io.claudeflux.error.PermissionException;
import io.claudeflux.error.RateLimitException;
import io.claudeflux.error.RequestTooLargeException;
import io.claudeflux.error.ServerException;
import io.claudeflux.error.TransportException;
import io.claudeflux.error.UnknownApiException;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Script;
import io.claudeflux.stream.StreamEvent;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Groups C to E: what is worth a second request, and what is not. The plain statuses are in {@link HttpFaultTests}. */
@Timeout(120)
class RetryFaultTests {
    private static final String OPEN = ms() + bs(0) + d(0, "hi");
    private static final Script BUSY = reply(json(529, errorJson("overloaded_error", "busy")));
    private static final Script GOOD = stream(good("hi"));

    @TestFactory
    Stream<DynamicTest> theServersOwnWord() {
        return Stream.of(
                row("C05 529 with x-should-retry false", word(529, "false"), failed(OverloadedException.class, 0)),
                row("C05 500 with x-should-retry false", word(500, "false"), failed(ServerException.class, 0)),
                retried(
                        "C06 400 with x-should-retry true",
                        word(400, "true"),
                        failed(InvalidRequestException.class, 0)),
                retried("C06 501 with x-should-retry true", word(501, "true"), failed(ServerException.class, 0)),
                retried(
                        "C06 529 with x-should-retry maybe: no word at all",
                        word(529, "maybe"),
                        failed(OverloadedException.class, 0)),
                row(
                        "C06 400 with x-should-retry maybe: no word at all",
                        word(400, "maybe"),
                        failed(InvalidRequestException.class, 0)),
                row("C06 401 with an empty x-should-retry", word(401, ""), failed(AuthenticationException.class, 0)));
    }

    @TestFactory
    Stream<DynamicTest> limitsOfMoney() {
        return Stream.of(
                row("C17 429 enforced_spend_limit_reached", coded(429, "enforced_spend_limit_reached"), spent()),
                row("C17 429 contract_spend_limit_reached", coded(429, "contract_spend_limit_reached"), spent()),
                row(
                        "C17 429 enforced_spend_limit_reached with a Retry-After all the same",
                        coded(429, "enforced_spend_limit_reached", "retry-after: 1"),
                        spent()),
                row(
                        "C17 enforced_spend_limit_reached inside a stream, first",
                        stream(frame("error", coded("enforced_spend_limit_reached"))),
                        inStream(RateLimitException.class, 429, 0)),
                row(
                        "C17 400 whose message speaks of usage limits",
                        reply(json(400, errorJson("invalid_request_error", "You have reached your usage limits."))),
                        failed(InvalidRequestException.class, 0)),
                retried(
                        "C17 429 ramp_limit_exceeded passes",
                        coded(429, "ramp_limit_exceeded", "retry-after-ms: 20"),
                        failed(RateLimitException.class, 0)),
                retried(
                        "C17 429 with a code nobody knows",
                        coded(429, "brand_new_limit"),
                        failed(RateLimitException.class, 0)));
    }

    @TestFactory
    Stream<DynamicTest> oddStatuses() {
        return Stream.of(
                retried("C02 520 from a proxy", plain(520), failed(ServerException.class, 0)),
                retried("C02 599", plain(599), failed(ServerException.class, 0)),
                row("C22 501", plain(501), failed(ServerException.class, 0)),
                row("C22 505", plain(505), failed(ServerException.class, 0)),
                row("C22 405", plain(405), failed(ApiException.class, 0)),
                row("C22 410", plain(410), failed(ApiException.class, 0)),
                row("C22 451", plain(451), failed(ApiException.class, 0)),
                row(
                        "C22 418 weird_error",
                        reply(json(418, errorJson("weird_error", "teapot"))),
                        failed(UnknownApiException.class, 0)
                                .andThen(o -> assertThat(
                                                o.error(ApiException.class).errorType())
                                        .isEqualTo("weird_error"))),
                retried(
                        "C22 503 weird_error: the status says that it passes",
                        reply(json(503, errorJson("weird_error", "odd"))),
                        failed(ApiException.class, 0)),
                row(
                        "C22 400 overloaded_error: the status says that it stays",
                        reply(json(400, errorJson("overloaded_error", "odd"))),
                        failed(ApiException.class, 0)));
    }

    @TestFactory
    Stream<DynamicTest> errorsAheadOfTheAnswer() {
        return Stream.of(
                retried("D01 overloaded_error first", first("overloaded_error"), failed(OverloadedException.class, 0)),
                retried("D03 api_error first", first("api_error"), failed(ServerException.class, 0)),
                retried("D03 rate_limit_error first", first("rate_limit_error"), failed(RateLimitException.class, 0)),
                retried("D03 timeout_error first", first("timeout_error"), failed(ApiTimeoutException.class, 0)),
                row("D05 invalid_request_error first", first("invalid_request_error"), refused(400)),
                row("D05 authentication_error first", first("authentication_error"), refused(401)),
                row("D05 billing_error first", first("billing_error"), failed(BillingException.class, 0)),
                row("D05 permission_error first", first("permission_error"), failed(PermissionException.class, 0)),
                row("D05 not_found_error first", first("not_found_error"), failed(NotFoundException.class, 0)),
                row(
                        "D05 request_too_large first",
                        first("request_too_large"),
                        failed(RequestTooLargeException.class, 0)),
                row("D06 quantum_error first", first("quantum_error"), failed(UnknownApiException.class, 0)),
                row(
                        "D06 an error first that is text",
                        stream(frame("error", "upstream gone")),
                        failed(ApiException.class, 0)),
                retried(
                        "D04 message_start, pings and comments, then overloaded_error",
                        stream(ms() + ping() + ": busy\n\n" + ping() + err("overloaded_error")),
                        inStream(OverloadedException.class, 529, 0)),
                row(
                        "D04 an unknown event behind message_start is output: no retry behind it",
                        stream(ms() + frame("new", "{\"type\":\"new\"}") + err("overloaded_error")),
                        inStream(OverloadedException.class, 529, 2)),
                row(
                        "D02 a block's start alone is output",
                        stream(ms() + bs(0) + err("overloaded_error")),
                        inStream(OverloadedException.class, 529, 2)));
    }

    @TestFactory
    Stream<DynamicTest> brokenBeforeTheAnswer() {
        return Stream.of(
                retried("D09 END behind the head", reply(h200(), end()), incomplete(0)),
                retried("D09 END behind pings", stream(ping() + ping()), incomplete(0)),
                retried("D09 END in the middle of message_start", stream(ms().substring(0, 60)), incomplete(0)),
                retried(
                        "D10 FIN behind message_start, close-delimited",
                        reply(head(200, "content-type: text/event-stream"), raw(ms()), fin()),
                        incomplete(0)),
                retried(
                        "D12 RST behind message_start",
                        reply(h200(), chunk(ms()), rst()),
                        transport(0, TransportException.Kind.RESET, TransportException.Kind.NO_RESPONSE)),
                retried(
                        "C26 a chunk size that is no number, behind message_start",
                        reply(h200(), chunk(ms()), raw("zz\r\n"), hang()),
                        transport(0, TransportException.Kind.MALFORMED_HTTP)),
                row("B24 bad JSON first", stream(data("{oops")), protocol("bad_json", 0)),
                row("B06 a delta first", stream(d(0, "hi")), protocol("order", 0)),
                row(
                        "D15 FIN without a status, retryAmbiguous off",
                        b -> b.retry(FaultBench.RETRY.withRetryAmbiguous(false)),
                        reply(fin()),
                        unanswered()),
                row(
                        "D15 RST without a status, retryAmbiguous off",
                        b -> b.retry(FaultBench.RETRY.withRetryAmbiguous(false)),
                        reply(rst()),
                        unanswered()),
                row(
                        "D16 HTTP that is none is not ambiguous but hopeless",
                        reply(raw("SSH-2.0-OpenSSH_9.6\r\n"), hang()),
                        transport(0, TransportException.Kind.MALFORMED_HTTP)));
    }

    @TestFactory
    Stream<DynamicTest> doubts() {
        return Stream.of(
                sequence(
                        "D16 FIN without a status, then 529 and 529: still ambiguous",
                        doubtful(true),
                        reply(fin()),
                        BUSY,
                        BUSY),
                sequence("D16 FIN without a status, then 400: still ambiguous", doubtful(true), reply(fin()), no()),
                sequence("D16 three answers that refuse: no doubt", doubtful(false), BUSY, BUSY, BUSY),
                sequence("D16 FIN without a status, then GOOD", done("hi"), reply(fin()), GOOD));
    }

    @Test
    @DisplayName("D14 a pooled connection that dies under a request: healed on a new one")
    void deadPooledConnectionIsReplaced() {
        try (FaultBench bench = FaultBench.serving(GOOD, reply(rst()), GOOD)) {
            done("hi").accept(bench.stream());
            done("hi").accept(bench.stream());
            assertThat(bench.server().reqs()).isEqualTo(3);
            // An answer may be complete a moment before its connection is back, so the pool is not sure to be used.
            assertThat(bench.server().conns()).isBetween(2, 3);
        }
    }

    @TestFactory
    Stream<DynamicTest> sequences() {
        return Stream.of(
                sequence("E01 529, 529, GOOD", done("hi"), BUSY, BUSY, GOOD),
                sequence("E01 529, RST, GOOD", done("hi"), BUSY, reply(rst()), GOOD),
                sequence("E01 an error in the stream, FIN, GOOD", done("hi"), first("api_error"), reply(fin()), GOOD),
                sequence("E01 message_start of one attempt never meets the next", done("hi"), stream(ms()), GOOD),
                sequence(
                        "E01 529, then a request that is refused",
                        failed(InvalidRequestException.class, 0),
                        BUSY,
                        no()),
                sequence("E01 529, then a stream that breaks", incomplete(3), BUSY, stream(OPEN)),
                sequence(
                        "E01 three failures of three kinds: the last one is told",
                        incomplete(0),
                        BUSY,
                        reply(fin()),
                        stream(ms())),
                sequence(
                        "A31 id lines, then a cut before output: the next request knows nothing of them",
                        done("hi"),
                        stream("id: 1\nid\nid: a\0b\nretry: 5\n" + ms()),
                        GOOD));
    }

    private static Script stream(String frames) {
        return reply(h200(), chunk(frames), end());
    }

    private static Script first(String errorType) {
        return stream(err(errorType));
    }

    private static Script no() {
        return reply(json(400, errorJson("invalid_request_error", "no")));
    }

    private static Script plain(int status) {
        return reply(response(status, "text/plain", "no"));
    }

    private static Script word(int status, String word) {
        return reply(response(status, "text/plain", "no", "x-should-retry: " + word));
    }

    private static Script coded(int status, String code, String... headerLines) {
        return reply(json(status, coded(code), headerLines));
    }

    private static String coded(String code) {
        return "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"limit\","
                + "\"details\":{\"error_code\":" + quote(code) + "}}}";
    }

    private static Consumer<Outcome<StreamEvent>> spent() {
        return failed(RateLimitException.class, 0)
                .andThen(o -> assertThat(o.error(ApiException.class).errorCode().orElse(""))
                        .endsWith("_spend_limit_reached"));
    }

    private static Consumer<Outcome<StreamEvent>> refused(int effectiveStatus) {
        return failed(ApiException.class, 0)
                .andThen(o -> assertThat(o.error(ApiException.class).effectiveStatus())
                        .isEqualTo(effectiveStatus));
    }

    private static Consumer<Outcome<StreamEvent>> doubtful(boolean ambiguous) {
        return failed(ApiException.class, 0)
                .andThen(o ->
                        assertThat(o.error(ApiException.class).isAmbiguous()).isEqualTo(ambiguous));
    }

    private static Consumer<Outcome<StreamEvent>> unanswered() {
        return transport(0, TransportException.Kind.NO_RESPONSE, TransportException.Kind.RESET)
                .andThen(o -> {
                    ClaudeException error = o.error(ClaudeException.class);
                    assertThat(error.isAmbiguous()).isTrue();
                    assertThat(error.getMessage()).contains("the server may have done the work");
                });
    }
}
