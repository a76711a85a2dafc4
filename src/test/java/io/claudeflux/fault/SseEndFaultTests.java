package io.claudeflux.fault;

import static io.claudeflux.fault.Expect.broken;
import static io.claudeflux.fault.Expect.done;
import static io.claudeflux.fault.Expect.failed;
import static io.claudeflux.fault.Expect.inStream;
import static io.claudeflux.fault.Expect.incomplete;
import static io.claudeflux.fault.Expect.limit;
import static io.claudeflux.fault.Expect.protocol;
import static io.claudeflux.fault.FaultRow.retried;
import static io.claudeflux.fault.FaultRow.row;
import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.data;
import static io.claudeflux.fixture.Frames.frame;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Frames.quote;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.fin;
import static io.claudeflux.fixture.Steps.flood;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.head;
import static io.claudeflux.fixture.Steps.raw;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.ClaudeClient;
import io.claudeflux.config.Limits;
import io.claudeflux.error.OverloadedException;
import io.claudeflux.error.StreamException;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Script;
import io.claudeflux.stream.StreamEvent;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Group A, the rows that end in an error or nearly so: cut lines, missing blank lines, limits, errors of odd shape. */
@Timeout(120)
class SseEndFaultTests {
    private static final String OPEN = ms() + bs(0) + d(0, "hi");
    private static final String OVERLOADED = "{\"error\":{\"type\":\"overloaded_error\",\"message\":\"busy\"}}";

    @TestFactory
    Stream<DynamicTest> errorShapes() {
        return Stream.of(
                row(
                        "A30 event error without a top-level type, after one delta",
                        stream(OPEN + frame("error", OVERLOADED)),
                        inStream(OverloadedException.class, 529, 3)),
                row(
                        "A30 no event line, type error in the JSON",
                        stream(OPEN + data("{\"type\":\"error\"," + OVERLOADED.substring(1))),
                        inStream(OverloadedException.class, 529, 3)),
                row(
                        "A30 event message, type error in the JSON",
                        stream(OPEN + frame("message", "{\"type\":\"error\"," + OVERLOADED.substring(1))),
                        inStream(OverloadedException.class, 529, 3)));
    }

    @TestFactory
    Stream<DynamicTest> cuts() {
        return Stream.of(
                row("A39 END in the middle of a delta line", stream(OPEN + cut(d(0, "lost"), 12)), incomplete(3)),
                row("A39 END behind an event line", stream(OPEN + "event: content_block_delta\n"), incomplete(3)),
                row(
                        "A39 END behind an event line that lacks its line end",
                        stream(OPEN + "event: content"),
                        incomplete(3)),
                row("A40 the last frame lacks its blank line", stream(cut(good("hi"), 1)), done("hi")),
                row("A40 the last frame lacks its blank line and its line end", stream(cut(good("hi"), 2)), done("hi")),
                row("A40 the last frame lacks its blank line, CRLF", stream(cut(good("hi"), 2) + "\r\n"), done("hi")),
                row(
                        "A40 the last frame lacks its blank line, end by FIN",
                        reply(head(200, "content-type: text/event-stream"), raw(cut(good("hi"), 1)), fin()),
                        done("hi")),
                row(
                        "A40 a delta lacks its blank line: it counts, but the message is not whole",
                        stream(cut(OPEN, 1)),
                        incomplete(3)),
                row(
                        "A40 an error event lacks its blank line",
                        stream(OPEN + cut(frame("error", OVERLOADED), 1)),
                        inStream(OverloadedException.class, 529, 3)),
                row("A40 the last frame's JSON is cut by one brace", stream(cut(good("hi"), 3)), incomplete(5)),
                row("A40 the last frame's JSON is cut within its name", stream(cut(good("hi"), 8)), incomplete(5)));
    }

    @TestFactory
    Stream<DynamicTest> badData() {
        return Stream.of(
                row(
                        "A24 a data line broken inside a JSON string",
                        stream(OPEN + d(0, "ab").replace("ab", "a\ndata: b")),
                        protocol("bad_json", 3)),
                row(
                        "A24 a raw NUL inside a JSON string",
                        stream(OPEN + d(0, "ab").replace("ab", "a\0b")),
                        protocol("bad_json", 3)),
                retried(
                        "A51 the body is something else altogether",
                        stream("<html>\n<body>oops</body>\n\n"),
                        incomplete(0)),
                row(
                        "A51 two JSON objects in one frame",
                        stream(OPEN + data("{\"type\":\"ping\"}{\"type\":\"ping\"}")),
                        broken(StreamException.Kind.PROTOCOL, 3)));
    }

    @Test
    @DisplayName("A20 a comment far beyond the limits costs nothing")
    void endlessCommentIsSkipped() {
        Script script = reply(
                h200(),
                chunk(ms() + ":"),
                flood(1 << 20, "x".repeat(16_000)),
                chunk("\n"),
                chunk(good("hi").substring(ms().length())),
                end());
        try (FaultBench bench = FaultBench.serving(SseEndFaultTests::smallEvents, script)) {
            done("hi").accept(bench.stream());
        }
    }

    @Test
    @DisplayName("A20 an unknown field far beyond the limits costs nothing")
    void endlessUnknownFieldIsSkipped() {
        Script script = reply(
                h200(),
                chunk(ms() + "x-trace: "),
                flood(1 << 20, "x".repeat(16_000)),
                chunk("\n"),
                chunk(good("hi").substring(ms().length())),
                end());
        try (FaultBench bench = FaultBench.serving(SseEndFaultTests::smallEvents, script)) {
            done("hi").accept(bench.stream());
        }
    }

    @Test
    @DisplayName("A42 a data line beyond the limit")
    void endlessDataLineIsALimit() {
        Script script = reply(h200(), chunk(OPEN + "data: \""), flood(Long.MAX_VALUE, "x".repeat(16_000)));
        try (FaultBench bench = FaultBench.serving(SseEndFaultTests::smallEvents, script)) {
            Outcome<StreamEvent> outcome = bench.stream();
            broken(StreamException.Kind.LIMIT, 3).accept(outcome);
            assertThat(outcome.error(StreamException.class).reason()).isIn("line", "event");
            assertThat(bench.server().reqs()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("A42 many short data lines that make an event beyond the limit")
    void endlessEventIsALimit() {
        Script script = reply(h200(), chunk(OPEN), flood(Long.MAX_VALUE, "data: 1,\n".repeat(1000)));
        try (FaultBench bench = FaultBench.serving(SseEndFaultTests::smallEvents, script)) {
            limit("event", 3).accept(bench.stream());
        }
    }

    @TestFactory
    Stream<DynamicTest> hostileJson() {
        String deep = "[".repeat(5000) + "]".repeat(5000);
        return Stream.of(
                row(
                        "S12 JSON nested 5,000 deep in a known event",
                        stream(OPEN
                                + frame(
                                        "content_block_delta",
                                        "{\"type\":\"content_block_delta\",\"index\":0,\"x\":" + deep + "}")),
                        limit("json_depth", 3)),
                row(
                        "S12 JSON nested 5,000 deep in an unknown event",
                        stream(OPEN + data("{\"type\":\"new\",\"x\":" + deep + "}")),
                        limit("json_depth", 3)),
                row(
                        "S12 JSON nested 5,000 deep in place of an object",
                        stream(OPEN + data(deep)),
                        failed(StreamException.class, 3)),
                row(
                        "S12 a name of 100,000 characters",
                        stream(ms() + bs(0) + data("{\"type\":\"ping\"," + quote("n".repeat(100_000)) + ":1}")),
                        broken(StreamException.Kind.LIMIT, 2)),
                row(
                        "S12 a number of 10,000 digits",
                        stream(ms() + bs(0) + data("{\"type\":\"ping\",\"x\":" + "7".repeat(10_000) + "}")),
                        broken(StreamException.Kind.LIMIT, 2)));
    }

    private static ClaudeClient.Builder smallEvents(ClaudeClient.Builder builder) {
        return builder.limits(Limits.defaults().withMaxEventBytes(64 << 10));
    }

    private static Script stream(String frames) {
        return reply(h200(), chunk(frames), end());
    }

    /** The text without its last characters. */
    private static String cut(String text, int missing) {
        return text.substring(0, text.length() - missing);
    }
}
