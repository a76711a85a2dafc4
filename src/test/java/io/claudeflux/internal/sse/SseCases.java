package io.claudeflux.internal.sse;

import static io.claudeflux.internal.sse.SseCase.latin1;
import static io.claudeflux.internal.sse.SseCase.utf8;

import java.util.stream.Stream;

/** The hostile, the odd and the ordinary streams, by the part of the standard that they try. */
final class SseCases {

    private SseCases() {}

    static Stream<SseCase> all() {
        return Stream.of(examplesOfTheStandard(), lineEnds(), fields(), ids(), retries(), text(), comments(), ends())
                .flatMap(cases -> cases);
    }

    private static Stream<SseCase> examplesOfTheStandard() {
        return Stream.of(
                utf8("several data lines are one event", "data: YHOO\ndata: +2\ndata: 10\n\n")
                        .gives("YHOO\n+2\n10"),
                utf8(
                                "four blocks with a comment and ids",
                                ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n")
                        .givesWithId("1", "first event")
                        .gives("second event", " third event"),
                utf8("two empty events and a discarded one", "data\n\ndata\ndata\n\ndata:")
                        .gives("", "\n")
                        .leaves("", ""),
                utf8("with and without a space", "data:test\n\ndata: test\n\n").gives("test", "test"),
                utf8("named events", "event: add\ndata: 73857293\n\nevent: remove\ndata: 2153\n\n")
                        .givesNamed("add", "73857293")
                        .givesNamed("remove", "2153"));
    }

    private static Stream<SseCase> lineEnds() {
        return Stream.of(
                utf8("LF", "event: a\ndata: 1\n\ndata: 2\n\n")
                        .givesNamed("a", "1")
                        .gives("2"),
                utf8("CRLF", "event: a\r\ndata: 1\r\n\r\ndata: 2\r\n\r\n")
                        .givesNamed("a", "1")
                        .gives("2"),
                utf8("CR", "event: a\rdata: 1\r\rdata: 2\r\r")
                        .givesNamed("a", "1")
                        .gives("2"),
                utf8("mixed line ends", "event: a\r\ndata: 1\r\n\ndata: 2\n\r\ndata: 3\r\n\r")
                        .givesNamed("a", "1")
                        .gives("2", "3"),
                utf8("LF CR is two line ends", "data: 1\n\rdata: 2\n\r").gives("1", "2"),
                utf8("CR CRLF is two line ends", "data: 1\r\r\ndata: 2\r\r\n").gives("1", "2"),
                utf8("CRLF ahead of the first field", "\r\n\r\ndata: 1\r\n\r\n").gives("1"),
                utf8("CRLF behind a name without colon", "data\r\ndata\r\n\r\n").gives("\n"),
                utf8("CRLF behind a colon", "data:\r\ndata: \r\n\r\n").gives("\n"),
                utf8("CRLF behind a comment", ":\r\n: x\r\ndata: 1\r\n\r\n").gives("1"),
                utf8("blank lines between events", "\n\ndata: 1\n\n\n\n\n\ndata: 2\n\n\n")
                        .gives("1", "2"),
                utf8("other separators of Unicode end no line", "data: a\u2028b\u2029c\u0085d\u000Be\ff\n\n")
                        .gives("a\u2028b\u2029c\u0085d\u000Be\ff"));
    }

    private static Stream<SseCase> fields() {
        return Stream.of(
                utf8("only one space is removed", "data:  a\n\ndata:\tb\n\ndata: \n\n")
                        .gives(" a", "\tb", ""),
                utf8("a colon in the value", "data: a: b\n\ndata::\n\n").gives("a: b", ":"),
                utf8("data alone", "data\n\n").gives(""),
                utf8("data with nothing behind the colon", "data:\n\n").gives(""),
                utf8("an empty line of data at either end", "data:\ndata: a\ndata\n\n")
                        .gives("\na\n"),
                utf8("an event without data is not dispatched", "event: a\n\ndata: 1\n\n")
                        .gives("1"),
                utf8("the last event line counts", "event: a\nevent: b\ndata: 1\n\n")
                        .givesNamed("b", "1"),
                utf8("an empty event line takes the name back", "event: a\nevent\ndata: 1\n\n")
                        .gives("1"),
                utf8("an event line behind the data", "data: 1\nevent: a\n\ndata: 2\n\n")
                        .givesNamed("a", "1")
                        .gives("2"),
                utf8("unknown fields", "foo: bar\nfoo\ndata: 1\nfoo:\ndatadata: 2\ndat: 3\nd\n\n")
                        .gives("1"),
                utf8("names are case-sensitive", "Data: x\nDATA: x\nEvent: x\nID: x\ndata: 1\n\n")
                        .gives("1"),
                utf8("a space ahead of or behind the name", " data: x\ndata : x\ndata: 1\n\n")
                        .gives("1"),
                utf8("control characters ahead of the name", "\0data: x\n\0\0\0\1data: x\n\1id: x\ndata: 1\n\n")
                        .gives("1"),
                utf8("names of five and six characters", "datum: x\nevents: x\nretrys: 1\ndata: 1\n\n")
                        .gives("1"),
                utf8("JSON over three data lines", "data: {\"a\":\ndata: 1,\ndata: \"b\":2}\n\n")
                        .gives("{\"a\":\n1,\n\"b\":2}"),
                utf8(
                                "every name of the API",
                                "event: message_start\ndata: 1\n\nevent:error\ndata: 2\n\nevent: ping\ndata\n\n")
                        .givesNamed("message_start", "1")
                        .givesNamed("error", "2")
                        .givesNamed("ping", ""));
    }

    private static Stream<SseCase> ids() {
        return Stream.of(
                utf8("an id stays", "id: 1\ndata: a\n\ndata: b\n\n")
                        .givesWithId("1", "a")
                        .givesWithId("1", "b"),
                utf8("an id without data stays too", "id: 1\n\ndata: a\n\n").givesWithId("1", "a"),
                utf8("an empty id takes it back", "id: 1\ndata: a\n\nid\ndata: b\n\nid: 2\nid:\ndata: c\n\n")
                        .givesWithId("1", "a")
                        .gives("b", "c"),
                utf8("an id with NUL is ignored", "id: 1\nid: a\0b\nid: \0\ndata: a\n\n")
                        .givesWithId("1", "a"),
                utf8("an id between two data lines", "data: a\nid: 1\ndata: b\n\n")
                        .givesWithId("1", "a\nb"));
    }

    private static Stream<SseCase> retries() {
        return Stream.of(
                utf8("retry", "retry: 1500\ndata: a\n\n").gives("a").retries(1500),
                utf8("retry with leading zeros", "retry: 000000000000000000000000012\n\n")
                        .retries(12),
                utf8("the longest retry", "retry: 9223372036854775807\nretry: 9223372036854775808\n\n")
                        .retries(Long.MAX_VALUE),
                utf8("retry that is no number", "retry: 12\nretry: 1x\nretry: -1\nretry: 1.5\nretry:\nretry\n\n")
                        .retries(12),
                utf8(
                        "retry with two spaces, a sign or digits of another script",
                        "retry:  1\nretry: +1\nretry: \u0661\n\n"),
                utf8("retry too large for a number", "retry: 99999999999999999999999999\n\n"));
    }

    private static Stream<SseCase> text() {
        return Stream.of(
                utf8("sequences of two, three and four bytes", "data: h\u00E9llo \u20AC\u8C46\u8150\uD83D\uDE00\n\n")
                        .gives("h\u00E9llo \u20AC\u8C46\u8150\uD83D\uDE00"),
                utf8("an event name in Japanese", "event: \u30A4\u30D9\u30F3\u30C8\ndata: 1\n\n")
                        .givesNamed("\u30A4\u30D9\u30F3\u30C8", "1"),
                utf8("a byte order mark", "\uFEFFdata: 1\n\n").gives("1"),
                utf8("a byte order mark and nothing else", "\uFEFF"),
                utf8("a byte order mark ahead of a comment", "\uFEFF: x\ndata: 1\n\n")
                        .gives("1"),
                utf8("only the first mark is dropped", "\uFEFF\uFEFFdata: x\ndata: 1\n\n")
                        .gives("1"),
                utf8("a mark in a later line is text", "data: 1\n\n\uFEFFdata: x\ndata: a\uFEFFb\n\n")
                        .gives("1", "a\uFEFFb"),
                latin1("half a mark", "\u00EF\u00BBdata: x\ndata: 1\n\n").gives("1"),
                latin1("a third of a mark", "\u00EFdata: x\ndata: 1\n\n").gives("1"),
                latin1("half a mark and a whole one", "\u00EF\u00EF\u00BB\u00BFdata: x\ndata: 1\n\n")
                        .gives("1"),
                latin1("half a mark ahead of a line end", "\u00EF\u00BB\ndata: 1\n\n")
                        .gives("1"),
                latin1("a byte that is never UTF-8", "data: a\u00FFb\n\n").gives("a\uFFFDb"),
                latin1("a sequence cut by the line end", "data: a\u00E2\u0082\ndata: b\u00F0\u009F\u0098\n\n")
                        .gives("a\uFFFD\nb\uFFFD"),
                latin1("a continuation byte alone", "data: \u0082\n\n").gives("\uFFFD"),
                latin1("an overlong line feed is no line end", "data: a\u00C0\u008Ab\n\n")
                        .gives("a\uFFFD\uFFFDb"),
                utf8("control characters", "data: a\0b\u001B\u007Fc\n\n").gives("a\0b\u001B\u007Fc"));
    }

    private static Stream<SseCase> comments() {
        return Stream.of(
                utf8("a colon alone", ":\n:\n\n:\ndata: 1\n:\n\n").gives("1"),
                utf8("keep-alive between the lines of an event", "event: a\n: keep-alive\ndata: 1\n\n")
                        .givesNamed("a", "1"),
                utf8("a comment that looks like a field", ":data: x\n:event: x\n::\ndata: 1\n\n")
                        .gives("1"),
                utf8("a comment between data lines", "data: a\n: x\ndata: b\n\n")
                        .gives("a\nb"),
                utf8("nothing but comments", ": a\n\n: b\n\n"));
    }

    private static Stream<SseCase> ends() {
        return Stream.of(
                utf8("nothing", ""),
                utf8("blank lines only", "\n\r\n\r"),
                utf8("the last blank line is missing", "event: a\ndata: 1\n").leaves("a", "1"),
                utf8("the last line end is missing too", "data: 1\n\nevent: a\ndata: 1")
                        .gives("1")
                        .leaves("a", "1"),
                utf8("cut in a data line", "data: {\"a\":1").leaves("", "{\"a\":1"),
                utf8("cut behind a CR", "data: 1\r").leaves("", "1"),
                utf8("cut behind the colon", "data: 1\ndata:").leaves("", "1\n"),
                utf8("cut in a name", "data: 1\n\nda").gives("1"),
                utf8("cut behind a name", "data: 1\n\ndata").gives("1").leaves("", ""),
                utf8("cut in a line that changes nothing", "data: 1\n: x").leaves("", "1"),
                utf8("cut in an event without data", "data: 1\n\nevent: a").gives("1"),
                latin1("cut in a character", "data: a\u00E2\u0082").leaves("", "a\uFFFD"));
    }
}
