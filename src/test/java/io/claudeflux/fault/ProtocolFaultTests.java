package io.claudeflux.fault;

import static io.claudeflux.fault.Expect.broken;
import static io.claudeflux.fault.Expect.done;
import static io.claudeflux.fault.Expect.failed;
import static io.claudeflux.fault.Expect.incomplete;
import static io.claudeflux.fault.Expect.protocol;
import static io.claudeflux.fault.FaultRow.retried;
import static io.claudeflux.fault.FaultRow.row;
import static io.claudeflux.fixture.Frames.be;
import static io.claudeflux.fixture.Frames.blockStart;
import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.data;
import static io.claudeflux.fixture.Frames.delta;
import static io.claudeflux.fixture.Frames.err;
import static io.claudeflux.fixture.Frames.frame;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Frames.md;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Frames.ping;
import static io.claudeflux.fixture.Frames.st;
import static io.claudeflux.fixture.Frames.toolStart;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.fin;
import static io.claudeflux.fixture.Steps.flood;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.hang;
import static io.claudeflux.fixture.Steps.rst;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.config.Terminal;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.OverloadedException;
import io.claudeflux.error.StreamException;
import io.claudeflux.error.TransportException;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Recorder;
import io.claudeflux.fixture.Script;
import io.claudeflux.stream.Ping;
import io.claudeflux.stream.StreamEvent;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;

/** Group B: which event sequences are an answer, and what the others end in. */
@Timeout(120)
class ProtocolFaultTests {
    private static final String OPEN = ms() + bs(0) + d(0, "hi");

    @TestFactory
    Stream<DynamicTest> pings() {
        return Stream.of(
                row(
                        "B02 pings before the first event and between all others",
                        stream(ping() + good("hi").replace("\n\n", "\n\n" + ping())),
                        outcome -> {
                            assertThat(outcome.isComplete())
                                    .as(outcome.describe())
                                    .isTrue();
                            assertThat(Expect.text(outcome.events())).isEqualTo("hi");
                            assertThat(outcome.events().stream().filter(event -> !(event instanceof Ping)))
                                    .hasSize(6);
                        }),
                retried(
                        "B02 pings around message_start are no output",
                        stream(ping() + ms() + ping() + ping()),
                        incomplete(0)),
                retried(
                        "B02 pings around message_start, then an error: nothing was delivered",
                        stream(ping() + ms() + ping() + err("overloaded_error")),
                        failed(OverloadedException.class, 0)));
    }

    @TestFactory
    Stream<DynamicTest> order() {
        return Stream.of(
                row("B06 block start before message_start", stream(bs(0) + good("hi")), protocol("order", 0)),
                row("B06 delta before message_start", stream(d(0, "x") + good("hi")), protocol("order", 0)),
                row("B06 block stop before message_start", stream(be(0) + good("hi")), protocol("order", 0)),
                row("B06 message_delta before message_start", stream(md() + good("hi")), protocol("order", 0)),
                row("B06 message_stop before message_start", stream(st()), protocol("order", 0)),
                row("B07 a second message_start at once", stream(ms() + ms()), protocol("order", 0)),
                row("B07 a second message_start in the middle", stream(OPEN + ms()), protocol("order", 3)),
                row("B08 delta for a block that never started", stream(ms() + bs(0) + d(3, "x")), protocol("index", 2)),
                row("B08 delta first, before any block", stream(ms() + d(0, "x")), protocol("index", 0)),
                row("B09 delta for a block that was stopped", stream(OPEN + be(0) + d(0, "x")), protocol("index", 4)),
                row("B10 a block starts twice", stream(OPEN + bs(0)), protocol("index", 3)),
                row("B10 a block starts again after its stop", stream(OPEN + be(0) + bs(0)), protocol("index", 4)),
                row(
                        "B11 two blocks interleaved",
                        stream(ms() + bs(0) + bs(1) + d(1, "b") + d(0, "a") + be(1) + be(0) + md() + st()),
                        done("ba", 9)),
                row("B27 stop of a block that never started", stream(OPEN + be(1)), protocol("index", 3)),
                row("B27 stop of a block that was stopped", stream(OPEN + be(0) + be(0)), protocol("index", 4)));
    }

    @TestFactory
    Stream<DynamicTest> malformed() {
        return Stream.of(
                row("B22 [DONE] before message_stop", stream(OPEN + data("[DONE]")), protocol("bad_json", 3)),
                row("B22 [DONE] after message_stop", stream(good("hi") + data("[DONE]")), done("hi")),
                row("B24 data is []", stream(OPEN + data("[]")), protocol("not_an_object", 3)),
                row("B24 data is 7", stream(OPEN + data("7")), protocol("not_an_object", 3)),
                row("B24 data is null", stream(OPEN + data("null")), protocol("not_an_object", 3)),
                row("B24 data is a string", stream(OPEN + data("\"x\"")), protocol("not_an_object", 3)),
                row(
                        "B24 data is [] directly after message_start",
                        stream(ms() + data("[]")),
                        protocol("not_an_object", 0)),
                row(
                        "B30 index is missing",
                        stream(OPEN + frame("content_block_stop", "{\"type\":\"content_block_stop\"}")),
                        broken(StreamException.Kind.PROTOCOL, 3)),
                row(
                        "B30 index is a word",
                        stream(OPEN
                                + delta(0, "{\"type\":\"text_delta\",\"text\":\"x\"}")
                                        .replace(":0,", ":\"a\",")),
                        broken(StreamException.Kind.PROTOCOL, 3)),
                row(
                        "B30 index is negative",
                        stream(ms() + bs(0).replace(":0,", ":-1,")),
                        broken(StreamException.Kind.PROTOCOL, 0)),
                row(
                        "B30 delta is not an object",
                        stream(OPEN + delta(0, "5")),
                        broken(StreamException.Kind.PROTOCOL, 3)),
                row(
                        "B30 content block is missing",
                        stream(ms() + blockStart(0, "null")),
                        broken(StreamException.Kind.PROTOCOL, 0)),
                row(
                        "B30 message is not an object",
                        stream(frame("message_start", "{\"type\":\"message_start\",\"message\":1}")),
                        broken(StreamException.Kind.PROTOCOL, 0)),
                row(
                        "B31 JSON with a trailing comma",
                        stream(OPEN + data("{\"type\":\"ping\",}")),
                        protocol("bad_json", 3)),
                row("B31 JSON cut short", stream(OPEN + data("{\"type\":\"ping\"")), protocol("bad_json", 3)),
                row(
                        "B31 JSON with NaN",
                        stream(OPEN + data("{\"type\":\"ping\",\"x\":NaN}")),
                        protocol("bad_json", 3)));
    }

    @TestFactory
    Stream<DynamicTest> terminal() {
        return Stream.of(
                row(
                        "B19 everything after message_stop is ignored",
                        stream(good("hi") + good("again") + err("api_error") + "{{{"),
                        done("hi")),
                row("B18 RST after message_stop", reply(h200(), chunk(good("hi")), rst()), done("hi")),
                row("B18 FIN after message_stop", reply(h200(), chunk(good("hi")), fin()), done("hi")),
                row(
                        "B18 a flood after message_stop",
                        reply(h200(), chunk(good("hi")), flood(Long.MAX_VALUE, ping())),
                        done("hi")),
                row("B20 message_delta then END, STRICT", stream(OPEN + be(0) + md()), incomplete(5)),
                row("B21 two message_deltas", stream(OPEN + be(0) + md("max_tokens") + md() + st()), done("hi", 7)),
                row(
                        "B23 message_stop without message_delta, blocks closed",
                        stream(OPEN + be(0) + st()),
                        ProtocolFaultTests::completeOrProtocol),
                row(
                        "B23 message_stop while a block is open",
                        stream(OPEN + md() + st()),
                        ProtocolFaultTests::completeOrProtocol));
    }

    @TestFactory
    Stream<DynamicTest> lenient() {
        return Stream.of(
                lenientRow(
                        "B20 message_delta then END, LENIENT: the stop is supplied",
                        stream(OPEN + be(0) + md()),
                        done("hi")),
                lenientRow("B20 no message_delta, LENIENT", stream(OPEN + be(0)), incomplete(4)),
                lenientRow(
                        "B20 a message_delta without a stop reason, LENIENT",
                        stream(OPEN + be(0) + md().replace("\"end_turn\"", "null")),
                        incomplete(5)),
                lenientRow(
                        "B20 message_delta then RST, LENIENT: a reset is no clean end",
                        reply(h200(), chunk(OPEN + be(0) + md()), rst()),
                        failed(TransportException.class, 5)),
                lenientRow(
                        "B20 message_delta then FIN without the last chunk, LENIENT: not a clean end",
                        reply(h200(), chunk(OPEN + be(0) + md()), fin()),
                        incomplete(5)),
                lenientRow(
                        "B20 message_delta then an error, LENIENT",
                        stream(OPEN + be(0) + md() + err("overloaded_error")),
                        failed(OverloadedException.class, 5)),
                lenientRow("B20 a whole stream, LENIENT", stream(good("hi")), done("hi")));
    }

    @Test
    @DisplayName("B17 silence after message_stop: done within 1.2 s, connection closed")
    void silenceAfterTheEndEndsTheCall() throws InterruptedException {
        try (FaultBench bench = FaultBench.serving(reply(h200(), chunk(good("hi")), hang()))) {
            Outcome<StreamEvent> outcome = bench.stream();
            done("hi").accept(outcome);
            assertThat(outcome.elapsed()).isLessThan(Duration.ofMillis(1700));
            bench.server().connection(0).awaitPeerClose(Duration.ofSeconds(1));
        }
    }

    @Test
    @DisplayName("B28 two subscribers to one Flux: two requests, independent streams")
    void everySubscriptionIsItsOwnRequest() {
        try (FaultBench bench = FaultBench.servingOnce(stream(good("one")), stream(good("two")), stream(ms()))) {
            Flux<StreamEvent> events = bench.client().messages().stream(FaultBench.request());
            assertThat(bench.server().conns()).isZero();
            done("one").accept(bench.observe(events));
            done("two").accept(bench.observe(events));
            incomplete(0).accept(bench.observe(events));
            assertThat(bench.server().reqs()).isEqualTo(3);
            assertThat(bench.server().request(0).body())
                    .isEqualTo(bench.server().request(1).body());
        }
    }

    @Test
    @DisplayName("B28 two subscribers at the same time")
    void concurrentSubscriptionsDoNotMix() {
        try (FaultBench bench = FaultBench.serving(stream(good("same")))) {
            Flux<StreamEvent> events = bench.client().messages().stream(FaultBench.request());
            Recorder<StreamEvent> first = bench.subscribe(events, Long.MAX_VALUE);
            Recorder<StreamEvent> second = bench.subscribe(events, Long.MAX_VALUE);
            done("same").accept(first.outcome(Duration.ofSeconds(5)));
            done("same").accept(second.outcome(Duration.ofSeconds(5)));
            assertThat(bench.server().reqs()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("B33 a tool call is no text: streamText gives text deltas alone")
    void streamTextGivesTextAlone() {
        String frames =
                ms() + bs(0) + d(0, "a") + d(0, "") + d(0, "b") + be(0) + toolStart(1, "t", "n") + be(1) + md() + st();
        try (FaultBench bench = FaultBench.serving(stream(frames))) {
            Outcome<String> outcome = bench.observe(bench.client().messages().streamText(FaultBench.request()));
            assertThat(String.join("", outcome.events())).isEqualTo("ab");
            assertThat(outcome.isComplete()).isTrue();
        }
    }

    private static DynamicTest lenientRow(String name, Script script, Consumer<Outcome<StreamEvent>> expected) {
        return row(name, b -> b.terminal(Terminal.LENIENT), script, expected);
    }

    /** Where the protocol leaves it open, the promise is only: never silence, never a foreign error. */
    private static void completeOrProtocol(Outcome<StreamEvent> outcome) {
        if (!outcome.isComplete()) {
            assertThat(outcome.error(ClaudeException.class))
                    .isInstanceOfSatisfying(
                            StreamException.class,
                            error -> assertThat(error.kind()).isEqualTo(StreamException.Kind.PROTOCOL));
        }
    }

    private static Script stream(String frames) {
        return reply(h200(), chunk(frames), end());
    }
}
