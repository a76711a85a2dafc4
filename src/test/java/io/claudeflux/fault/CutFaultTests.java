package io.claudeflux.fault;

import static io.claudeflux.fault.Expect.attempts;
import static io.claudeflux.fault.Expect.failed;
import static io.claudeflux.fault.Expect.inStream;
import static io.claudeflux.fault.Expect.incomplete;
import static io.claudeflux.fault.Expect.transport;
import static io.claudeflux.fault.FaultRow.retried;
import static io.claudeflux.fault.FaultRow.row;
import static io.claudeflux.fixture.Frames.be;
import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.err;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Frames.md;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Frames.ping;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.await;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.fin;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.hang;
import static io.claudeflux.fixture.Steps.head;
import static io.claudeflux.fixture.Steps.raw;
import static io.claudeflux.fixture.Steps.rst;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.error.ApiException;
import io.claudeflux.error.ApiTimeoutException;
import io.claudeflux.error.AuthenticationException;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.InvalidRequestException;
import io.claudeflux.error.Origin;
import io.claudeflux.error.OverloadedException;
import io.claudeflux.error.RateLimitException;
import io.claudeflux.error.ServerException;
import io.claudeflux.error.StreamException;
import io.claudeflux.error.TransportException;
import io.claudeflux.error.UnknownApiException;
import io.claudeflux.fixture.Frames;
import io.claudeflux.fixture.Gate;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Recorder;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.Step;
import io.claudeflux.message.PartialMessage;
import io.claudeflux.message.ToolUseBlock;
import io.claudeflux.stream.StreamEvent;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Group D: errors inside the stream, and connections that break while it runs. Clocks are not part of it. */
@Timeout(120)
class CutFaultTests {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String OPEN = ms() + bs(0) + d(0, "Once upon");

    @TestFactory
    Stream<DynamicTest> errorsInTheStream() {
        return Stream.of(
                retried(
                        "D01 overloaded before anything else",
                        stream(err("overloaded_error")),
                        inStream(OverloadedException.class, 529, 0)),
                retried(
                        "D01 overloaded behind message_start: still nothing delivered",
                        stream(ms() + err("overloaded_error")),
                        inStream(OverloadedException.class, 529, 0)),
                row(
                        "D02 overloaded after a delta",
                        stream(OPEN + err("overloaded_error")),
                        inStream(OverloadedException.class, 529, 3)),
                row(
                        "D02 overloaded after message_delta",
                        stream(OPEN + be(0) + md() + err("overloaded_error")),
                        inStream(OverloadedException.class, 529, 5)),
                row(
                        "D03 api_error after a delta",
                        stream(OPEN + err("api_error")),
                        inStream(ServerException.class, 500, 3)),
                row(
                        "D03 rate_limit_error after a delta",
                        stream(OPEN + err("rate_limit_error")),
                        inStream(RateLimitException.class, 429, 3)),
                row(
                        "D03 timeout_error after a delta",
                        stream(OPEN + err("timeout_error")),
                        inStream(ApiTimeoutException.class, 504, 3)),
                row(
                        "D03 authentication_error after a delta",
                        stream(OPEN + err("authentication_error")),
                        inStream(AuthenticationException.class, 401, 3)),
                row(
                        "D05 invalid_request_error first",
                        stream(err("invalid_request_error")),
                        inStream(InvalidRequestException.class, 400, 0)
                                .andThen(o -> assertThat(
                                                o.error(ApiException.class).isRetryable())
                                        .isFalse())),
                row(
                        "D06 an unknown error type is kept verbatim",
                        stream(OPEN + err("quantum_error")),
                        failed(UnknownApiException.class, 3)
                                .andThen(o -> assertThat(
                                                o.error(ApiException.class).errorType())
                                        .isEqualTo("quantum_error"))),
                row(
                        "D07 an error, then the connection stays open",
                        reply(h200(), chunk(OPEN + err("overloaded_error")), hang()),
                        inStream(OverloadedException.class, 529, 3)),
                row(
                        "D07 an error, then RST",
                        reply(h200(), chunk(OPEN + err("overloaded_error")), rst()),
                        failed(ClaudeException.class, 3)),
                row(
                        "D07 everything behind an error is ignored",
                        stream(OPEN + err("overloaded_error") + be(0) + md() + good("x")),
                        inStream(OverloadedException.class, 529, 3)),
                row(
                        "D07 an error as text that is no JSON",
                        stream(OPEN + Frames.frame("error", "upstream gone\ndata: try later")),
                        failed(ApiException.class, 3)
                                .andThen(o -> assertThat(
                                                o.error(ApiException.class).apiMessage())
                                        .contains("upstream gone"))));
    }

    @TestFactory
    Stream<DynamicTest> cuts() {
        return Stream.of(
                row("D08 D then FIN, chunked", reply(h200(), chunk(OPEN), fin()), incomplete(3)),
                row(
                        "D08 FIN within a chunk",
                        reply(h200(), chunk(OPEN), raw("ff\r\nevent: content"), fin()),
                        incomplete(3)),
                row("D08 FIN within a chunk size", reply(h200(), chunk(OPEN), raw("f"), fin()), incomplete(3)),
                retried("D08 FIN directly behind the head", reply(h200(), fin()), incomplete(0)),
                retried("D08 FIN behind message_start", reply(h200(), chunk(ms() + ping()), fin()), incomplete(0)),
                row("D08 FIN behind message_delta", reply(h200(), chunk(OPEN + be(0) + md()), fin()), incomplete(5)),
                row("D09 D then END", stream(OPEN), incomplete(3)),
                retried("D09 END behind message_start", stream(ms()), incomplete(0)),
                row("D09 END behind message_delta", stream(OPEN + be(0) + md()), incomplete(5)),
                row(
                        "D10 close-delimited, D, FIN",
                        reply(head(200, "content-type: text/event-stream", "request-id: req_t"), raw(OPEN), fin()),
                        incomplete(3)),
                row(
                        "D10 HTTP/1.0, D, FIN",
                        reply(raw("HTTP/1.0 200 OK\r\ncontent-type: text/event-stream\r\n\r\n" + OPEN), fin()),
                        incomplete(3)),
                row(
                        "D11 Content-Length larger than the body",
                        reply(head(200, "content-type: text/event-stream", "content-length: 100000"), raw(OPEN), fin()),
                        incomplete(3)),
                row(
                        "D11 Content-Length that ends within a frame",
                        reply(
                                head(200, "content-type: text/event-stream", "content-length: " + (OPEN.length() + 5)),
                                raw(OPEN + be(0).substring(0, 5)),
                                fin()),
                        incomplete(3)));
    }

    @Test
    @DisplayName("D12 D, then RST: a reset with the text so far")
    void resetKeepsThePartialText() {
        Gate seen = new Gate();
        try (FaultBench bench = FaultBench.serving(reply(h200(), chunk(OPEN), await(seen), rst()))) {
            Recorder<StreamEvent> recorder =
                    bench.subscribe(bench.client().messages().stream(FaultBench.request()), Long.MAX_VALUE);
            recorder.awaitValues(3, SOON);
            seen.open();
            Outcome<StreamEvent> outcome = recorder.outcome(SOON);
            transport(3, TransportException.Kind.RESET).accept(outcome);
            assertThat(outcome.error(TransportException.class).requestId()).contains("req_t");
        }
    }

    @Test
    @DisplayName("D12 D, then RST, from a gateway that sends no request id: broken in the stream all the same")
    void resetBreaksTheStreamWithoutARequestIdToo() {
        Gate seen = new Gate();
        Step head = head(200, "content-type: text/event-stream", "transfer-encoding: chunked");
        try (FaultBench bench = FaultBench.serving(reply(head, chunk(OPEN), await(seen), rst()))) {
            Recorder<StreamEvent> recorder =
                    bench.subscribe(bench.client().messages().stream(FaultBench.request()), Long.MAX_VALUE);
            recorder.awaitValues(3, SOON);
            seen.open();
            TransportException error = recorder.outcome(SOON).error(TransportException.class);
            assertThat(error.kind()).isEqualTo(TransportException.Kind.RESET);
            assertThat(error.requestId()).isEmpty();
            assertThat(error.origin()).isEqualTo(Origin.STREAM);
        }
    }

    @Test
    @DisplayName("D12 RST behind the head")
    void resetBehindTheHeadIsTyped() {
        try (FaultBench bench = FaultBench.serving(reply(h200(), rst()))) {
            transport(0, TransportException.Kind.RESET, TransportException.Kind.NO_RESPONSE)
                    .andThen(attempts(3))
                    .accept(bench.stream());
            assertThat(bench.server().reqs()).isEqualTo(3);
        }
    }

    @Test
    @DisplayName("D08 the partial message holds finished blocks, open ones, and the usage so far")
    void partialMessageTellsWhatIsOpen() {
        String frames = OPEN + be(0) + Frames.toolStart(1, "t1", "get_tide") + Frames.inputJson(1, "{\"port\":\"Bre");
        try (FaultBench bench = FaultBench.serving(stream(frames))) {
            Outcome<StreamEvent> outcome = bench.stream();
            incomplete(6).accept(outcome);
            PartialMessage partial =
                    outcome.error(StreamException.class).partial().orElseThrow();
            assertThat(partial.text()).isEqualTo("Once upon");
            assertThat(partial.openBlocks()).containsExactly(1);
            assertThat(partial.isTruncated()).isFalse();
            assertThat(partial.message().usage().inputTokens()).isEqualTo(10);
            assertThat(partial.message().content().get(1))
                    .isInstanceOfSatisfying(
                            ToolUseBlock.class,
                            tool -> assertThat(tool.malformedInput()).contains("{\"port\":\"Bre"));
        }
    }

    private static Script stream(String frames) {
        return reply(h200(), chunk(frames), end());
    }
}
