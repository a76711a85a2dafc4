package io.claudeflux.fault;

import static io.claudeflux.fault.Expect.done;
import static io.claudeflux.fault.FaultRow.row;
import static io.claudeflux.fixture.Frames.BOM;
import static io.claudeflux.fixture.Frames.be;
import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Frames.md;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Frames.st;
import static io.claudeflux.fixture.Frames.withLineEnds;
import static io.claudeflux.fixture.Frames.withoutEventLines;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.bytewise;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.chunks;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.endWithTrailers;
import static io.claudeflux.fixture.Steps.fin;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.head;
import static io.claudeflux.fixture.Steps.raw;
import static io.claudeflux.fixture.Steps.response;
import static io.claudeflux.fixture.Steps.splitAt;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Script;
import io.claudeflux.stream.StreamEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Group A: the bytes of an event stream, seen through the events that come of them. */
@Timeout(120)
class SseFaultTests {
    private static final String MANY_WIDTHS = "héllo €豆腐😀";

    @TestFactory
    Stream<DynamicTest> lineEnds() {
        return Stream.of(
                row("A01 GOOD(hi) with LF line ends", stream(good("hi")), done("hi")),
                row("A02 every line end CRLF", stream(withLineEnds(good("hi"), "\r\n")), done("hi")),
                row("A03 every line end CR", stream(withLineEnds(good("hi"), "\r")), done("hi")),
                row(
                        "A04 the three line ends in turn",
                        stream(ms()
                                + withLineEnds(bs(0), "\r\n")
                                + withLineEnds(d(0, "hi"), "\r")
                                + be(0)
                                + withLineEnds(md(), "\r\n")
                                + st()),
                        done("hi")),
                row(
                        "A05 a blank line's CRLF split between two chunks",
                        splitAfter(withLineEnds(good("hi"), "\r\n"), "}\r\n\r"),
                        done("hi")),
                row(
                        "A06 chunk ends in CR, next begins with LF, within a frame",
                        splitAfter(withLineEnds(good("hi"), "\r\n"), "event: message_start\r"),
                        done("hi")),
                row(
                        "A07 chunk ends in a lone CR, next begins with another field",
                        splitAfter(withLineEnds(good("hi"), "\r"), "event: content_block_delta\r"),
                        done("hi")),
                row(
                        "A36 five blank lines between frames",
                        stream(good("hi").replace("\n\n", "\n\n\n\n\n\n\n")),
                        done("hi")),
                row("A36 blank lines before the first frame", stream("\n\r\n\n" + good("hi")), done("hi")),
                row(
                        "A47 U+2028, U+2029, U+0085, VT and FF are not line ends",
                        stream(good("a\u2028b\u2029c\u0085d") + ":\u000b\f\n\n"),
                        done("a\u2028b\u2029c\u0085d")));
    }

    @TestFactory
    Stream<DynamicTest> fields() {
        return Stream.of(
                row(
                        "A19 comments between frames and between event and data",
                        stream(": keep-alive\n\n:\n\n"
                                + good("hi")
                                        .replace("\ndata:", "\n: keep-alive\n:\ndata:")
                                        .replace("\n\n", "\n\n:\n\n")),
                        done("hi")),
                row(
                        "A21 no space after colons",
                        stream(good("hi").replace(": {", ":{").replace("event: ", "event:")),
                        done("hi")),
                row(
                        "A22 only one leading space is taken off",
                        stream(good("hi").replace("data: ", "data:  ")),
                        done("hi")),
                row(
                        "A23 one JSON over three data lines at token boundaries",
                        stream(good("hi").replace(",\"index\":0", "\ndata: ,\"index\"\ndata: :0")),
                        done("hi")),
                row("A25 data alone and empty data", stream("data\n\ndata:\n\ndata: \n\n" + good("hi")), done("hi")),
                row(
                        "A26 an event name with empty data",
                        stream(ms() + "event: x\ndata:\n\nevent: y\n\n"
                                + good("hi").substring(ms().length())),
                        done("hi")),
                row("A27 data line before the event line", stream(dataFirst(good("hi"))), done("hi")),
                row("A28 no event lines at all", stream(withoutEventLines(good("hi"))), done("hi")),
                row(
                        "A29 every event line says message",
                        stream(good("hi").replaceAll("event: .*", "event: message")),
                        done("hi")),
                row(
                        "A31 id lines, with NUL too",
                        stream(good("hi").replace("\ndata:", "\nid: 1\nid\nid: a\0b\ndata:")),
                        done("hi")),
                row(
                        "A32 retry lines, good and bad",
                        stream(good("hi").replace("\ndata:", "\nretry: 10\nretry: x\nretry\ndata:")),
                        done("hi")),
                row(
                        "A33 unknown fields",
                        stream(good("hi").replace("\ndata:", "\nfoo: bar\nfoo\nData: x\n data: x\ndata:")),
                        done("hi")),
                row(
                        "A35 two event lines, the last one counts for an event without a type",
                        stream(good("hi")
                                .replace("event: ping", "event: x\nevent: ping")
                                .replace("{\"type\":\"message_stop\"}", "{}")
                                .replace("event: message_stop", "event: nonsense\nevent: message_stop")),
                        done("hi")));
    }

    @TestFactory
    Stream<DynamicTest> encoding() {
        byte[] bad = good("<>").replace("<>", "a\u00ffb").getBytes(StandardCharsets.ISO_8859_1);
        byte[] cutSequence = good("a\u00e2\u0082").getBytes(StandardCharsets.ISO_8859_1);
        return Stream.of(
                row(
                        "A12 split inside 2-, 3- and 4-byte sequences",
                        reply(h200(), bytewise(good("é€😀")), end()),
                        done("é€😀")),
                row("A13 byte 0xFF inside a text", reply(h200(), chunk(bad), end()), done("a\uFFFDb")),
                row(
                        "A14 a sequence cut short by the closing quote",
                        reply(h200(), chunk(cutSequence), end()),
                        done("a\uFFFD")),
                row("A15 BOM before the first line", stream(BOM + good("hi")), done("hi")),
                row(
                        "A16 BOM split over three chunks",
                        reply(h200(), bytewise(BOM), chunk(good("hi")), end()),
                        done("hi")),
                row(
                        "A17 a second BOM makes the first line an unknown field",
                        stream(BOM + BOM + good("hi")),
                        done("hi")),
                row("A18 U+FEFF inside the text of a delta", stream(good("a" + BOM + "b")), done("a" + BOM + "b")),
                row(
                        "A44 windows-1252 in the content type, UTF-8 in the body",
                        withContentType("text/event-stream; charset=windows-1252", "ok…"),
                        done("ok…")),
                row(
                        "A43 content type in capitals",
                        withContentType("TEXT/Event-Stream;CHARSET=UTF-8", "hi"),
                        done("hi")),
                row(
                        "A45 content type with odd parameters",
                        withContentType("text/event-stream ; foo=\"a;b\" ;", "hi"),
                        done("hi")));
    }

    @TestFactory
    Stream<DynamicTest> framing() {
        String deltas = IntStream.range(0, 500).mapToObj(i -> d(0, i + " ")).reduce("", String::concat);
        String numbers = IntStream.range(0, 500).mapToObj(i -> i + " ").reduce("", String::concat);
        String mebibyte = "豆腐 0123456789 ".repeat(64 * 1024);
        return Stream.of(
                row(
                        "A10 the whole stream in chunks of one byte",
                        reply(h200(), bytewise(good(MANY_WIDTHS)), end()),
                        done(MANY_WIDTHS)),
                row(
                        "A11 CRLF and chunks of one byte",
                        reply(h200(), bytewise(withLineEnds(good("hi"), "\r\n")), end()),
                        done("hi")),
                row(
                        "A11 CR and chunks of one byte",
                        reply(h200(), bytewise(withLineEnds(good("hi"), "\r")), end()),
                        done("hi")),
                row(
                        "A37 500 deltas in one chunk",
                        stream(ms() + bs(0) + deltas + be(0) + md() + st()),
                        done(numbers, 505)),
                row(
                        "A38 one chunk for each frame",
                        reply(h200(), chunks(ms(), bs(0), d(0, "hi"), be(0), md(), st()), end()),
                        done("hi")),
                row("A41 1 MiB of text in one delta", stream(good(mebibyte)), done(mebibyte)),
                row(
                        "A46 chunk extensions and trailers",
                        reply(
                                h200(),
                                raw(extended(good("hi"))),
                                endWithTrailers("x-checksum: 1", "server-timing: a;dur=1")),
                        done("hi")),
                row(
                        "A49 a whole stream ended by the connection's end",
                        reply(
                                head(200, "content-type: text/event-stream", "request-id: req_t"),
                                raw(good("hi")),
                                fin()),
                        done("hi")),
                row(
                        "A50 a whole stream with a Content-Length",
                        reply(response(200, "text/event-stream", good("hi"), "request-id: req_t")),
                        done("hi")));
    }

    @Test
    @DisplayName("A08 split into two chunks at every byte")
    void everySplitGivesTheSameEvents() {
        everySplit(good(MANY_WIDTHS));
    }

    @Test
    @DisplayName("A09 CRLF and a BOM, split into two chunks at every byte")
    void everySplitOfCrlfGivesTheSameEvents() {
        everySplit(BOM + withLineEnds(good(MANY_WIDTHS), "\r\n"));
    }

    private static void everySplit(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Script[] scripts = IntStream.range(0, bytes.length)
                .mapToObj(at -> reply(h200(), splitAt(text, at), end()))
                .toArray(Script[]::new);
        try (FaultBench bench = FaultBench.serving(scripts)) {
            List<StreamEvent> whole = List.of();
            for (int at = 0; at < bytes.length; at++) {
                Outcome<StreamEvent> outcome = bench.stream();
                done(MANY_WIDTHS).accept(outcome);
                whole = at == 0 ? outcome.events() : whole;
                assertThat(outcome.events()).as("split at byte " + at).isEqualTo(whole);
            }
            assertThat(bench.server().conns()).isLessThanOrEqualTo(4);
        }
    }

    private static Script stream(String frames) {
        return reply(h200(), chunk(frames), end());
    }

    /** The text as two chunks, the first of which ends behind the first place where the marker stands. */
    private static Script splitAfter(String text, String marker) {
        int at = text.indexOf(marker);
        assertThat(at).as("marker").isNotNegative();
        return reply(h200(), splitAt(text, at + marker.length()), end());
    }

    private static Script withContentType(String contentType, String text) {
        return reply(
                head(200, "content-type: " + contentType, "request-id: req_t", "transfer-encoding: chunked"),
                chunk(good(text)),
                end());
    }

    /** Each frame's two lines in the other order. */
    private static String dataFirst(String frames) {
        return frames.replaceAll("(event: .*)\n(data: .*)\n", "$2\n$1\n");
    }

    private static String extended(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Integer.toHexString(bytes.length) + ";a=b;c=\"d\"\r\n" + text + "\r\n";
    }
}
