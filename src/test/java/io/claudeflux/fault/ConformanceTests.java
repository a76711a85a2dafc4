package io.claudeflux.fault;

import static io.claudeflux.fault.Expect.broken;
import static io.claudeflux.fault.Expect.done;
import static io.claudeflux.fault.Expect.failed;
import static io.claudeflux.fault.Expect.inStream;
import static io.claudeflux.fault.Expect.incomplete;
import static io.claudeflux.fault.Expect.protocol;
import static io.claudeflux.fault.FaultRow.retried;
import static io.claudeflux.fault.FaultRow.row;
import static io.claudeflux.fixture.Frames.BOM;
import static io.claudeflux.fixture.Frames.be;
import static io.claudeflux.fixture.Frames.blockStart;
import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.data;
import static io.claudeflux.fixture.Frames.delta;
import static io.claudeflux.fixture.Frames.err;
import static io.claudeflux.fixture.Frames.errorJson;
import static io.claudeflux.fixture.Frames.frame;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Frames.inputJson;
import static io.claudeflux.fixture.Frames.md;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Frames.st;
import static io.claudeflux.fixture.Frames.toolStart;
import static io.claudeflux.fixture.Frames.withLineEnds;
import static io.claudeflux.fixture.Frames.withoutEventLines;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.bytewise;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.fin;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.head;
import static io.claudeflux.fixture.Steps.json;
import static io.claudeflux.fixture.Steps.pause;
import static io.claudeflux.fixture.Steps.raw;
import static io.claudeflux.fixture.Steps.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.error.ApiException;
import io.claudeflux.error.OverloadedException;
import io.claudeflux.error.StreamException;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.Step;
import io.claudeflux.message.Json;
import io.claudeflux.message.Message;
import io.claudeflux.message.ToolUseBlock;
import io.claudeflux.stream.StreamEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** The conformance matrix: 26 cases that other clients were measured on, and what this one must do. */
@Timeout(60)
class ConformanceTests {
    private static final String OPEN = ms() + bs(0) + d(0, "hi");

    @TestFactory
    Stream<DynamicTest> streams() {
        return Stream.of(
                row("1 plain LF stream", stream(good("hi")), done("hi")),
                row("2 CRLF", stream(withLineEnds(good("hi"), "\r\n")), done("hi")),
                row("2 bare CR", stream(withLineEnds(good("hi"), "\r")), done("hi")),
                row("3 comments", stream(good("hi").replace("\n\n", "\n\n: ping\n\n")), done("hi")),
                row(
                        "4 gzip that was not asked for is refused, not misread",
                        reply(response(200, "text/event-stream", "\u001f\u008b\b", "content-encoding: gzip")),
                        broken(StreamException.Kind.UNEXPECTED_ENCODING, 0)),
                row(
                        "5 one byte at a time, multibyte characters split",
                        reply(h200(), bytewise(good("€😀")), end()),
                        done("€😀")),
                row("6 no event lines", stream(withoutEventLines(good("hi"))), done("hi")),
                row("7 UTF-8 BOM", stream(BOM + good("hi")), done("hi")),
                row("8 EOF without message_stop", stream(OPEN), incomplete(3)),
                row(
                        "9 EOF in the middle of an event",
                        stream(OPEN + d(0, "lost").substring(0, 30)),
                        incomplete(3)),
                row(
                        "10 Content-Length larger than the body",
                        reply(head(200, "content-type: text/event-stream", "content-length: 9999"), raw(OPEN), fin()),
                        incomplete(3)),
                row("11 last event without its blank line", stream(good("hi").stripTrailing() + "\n"), done("hi")),
                row(
                        "12 event error after the 200",
                        stream(OPEN + err("overloaded_error")),
                        inStream(OverloadedException.class, 529, 3)),
                row(
                        "13 event error with text data",
                        stream(OPEN + frame("error", "backend exploded")),
                        failed(ApiException.class, 3)
                                .andThen(o -> assertThat(
                                                o.error(ApiException.class).getMessage())
                                        .contains("backend exploded"))),
                row(
                        "14 event message with an error in its JSON",
                        stream(OPEN + frame("message", errorJson("overloaded_error", "x"))),
                        inStream(OverloadedException.class, 529, 3)),
                row(
                        "15 unknown event name",
                        stream(ms()
                                + frame("future", "{\"type\":\"future\"}")
                                + good("hi").substring(ms().length())),
                        done("hi", 7)),
                row(
                        "16 unknown block and delta types",
                        stream(ms()
                                + blockStart(0, "{\"type\":\"new\"}")
                                + delta(0, "{\"type\":\"new_delta\"}")
                                + be(0)
                                + md()
                                + st()),
                        done("", 6)),
                row(
                        "17 invalid JSON in data",
                        stream(OPEN + data("{\"type\":oops}")),
                        protocol("bad_json", 3)
                                .andThen(o -> assertThat(
                                                o.error(StreamException.class).excerpt())
                                        .hasValueSatisfying(
                                                excerpt -> assertThat(excerpt).contains("oops")))),
                row(
                        "18 an event name with empty data",
                        stream(OPEN + "event: x\ndata:\n\n" + be(0) + md() + st()),
                        done("hi")),
                row(
                        "22 200 with text/html",
                        reply(response(200, "text/html", "<html/>")),
                        broken(StreamException.Kind.UNEXPECTED_CONTENT_TYPE, 0)),
                row(
                        "23 200 with a JSON message is an error",
                        reply(json(200, "{\"id\":\"msg_1\",\"type\":\"message\",\"content\":[]}")),
                        broken(StreamException.Kind.UNEXPECTED_CONTENT_TYPE, 0)),
                retried(
                        "24 529 with JSON",
                        reply(json(529, errorJson("overloaded_error", "busy"))),
                        failed(OverloadedException.class, 0)));
    }

    @TestFactory
    Stream<DynamicTest> toolInputs() {
        String whole = "{\"city\":\"Brest\"}";
        return Stream.of(
                tool("19 tool block with zero deltas", "{}", null),
                tool("20 tool block with an empty delta only", "{}", null, ""),
                tool("20 tool block with blank deltas only", "{}", null, " ", "\n"),
                tool("21 tool input cut by max_tokens", "{}", "{\"city\":\"Bre", "{\"city\":", "\"Bre"),
                tool("21 tool input whole", whole, null, "", "{\"city\"", ":\"Brest\"}"));
    }

    @Test
    @DisplayName("25 a pooled connection the server has closed meanwhile is not used again")
    void stalePooledConnectionIsNotNoticedByTheCaller() throws InterruptedException {
        try (FaultBench bench = FaultBench.serving(
                reply(h200(), chunk(good("one")), end(), fin()), reply(h200(), chunk(good("two")), end()))) {
            done("one").accept(bench.stream());
            bench.server().connection(0).awaitPeerClose(Duration.ofSeconds(1));
            done("two").accept(bench.stream());
            assertThat(bench.server().reqs()).isEqualTo(2);
            assertThat(bench.server().conns()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("26 a stream that drips for long lives")
    void drippingStreamLives() {
        List<Step> steps = new ArrayList<>(List.of(h200(), chunk(ms() + bs(0))));
        for (int i = 0; i < 20; i++) {
            steps.add(pause(Duration.ofMillis(100)));
            steps.add(chunk(d(0, i + " ")));
        }
        steps.add(chunk(be(0) + md() + st()));
        steps.add(end());
        try (FaultBench bench = FaultBench.serving(new Script(Script.Trigger.REQUEST, steps))) {
            Outcome<StreamEvent> outcome = bench.stream();
            done("0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 ", 25).accept(outcome);
            assertThat(outcome.elapsed()).isGreaterThan(Duration.ofMillis(1900));
        }
    }

    private static DynamicTest tool(String name, String input, @Nullable String malformed, String... fragments) {
        StringBuilder frames = new StringBuilder(ms() + toolStart(0, "toolu_1", "get_weather"));
        for (String fragment : fragments) {
            frames.append(inputJson(0, fragment));
        }
        String whole = frames.append(be(0)).append(md("tool_use")).append(st()).toString();
        return DynamicTest.dynamicTest(name, () -> {
            try (FaultBench bench = FaultBench.serving(stream(whole))) {
                Outcome<Message> outcome = bench.create();
                assertThat(outcome.isComplete()).as(outcome.describe()).isTrue();
                ToolUseBlock block =
                        (ToolUseBlock) outcome.events().get(0).content().get(0);
                assertThat(block.input()).isEqualTo(Json.parse(input));
                assertThat(block.malformedText()).isEqualTo(malformed);
            }
        });
    }

    private static Script stream(String frames) {
        return reply(h200(), chunk(frames), end());
    }
}
