package io.claudeflux.fault;

import static io.claudeflux.fault.Expect.broken;
import static io.claudeflux.fault.Expect.failed;
import static io.claudeflux.fault.Expect.limit;
import static io.claudeflux.fault.FaultRow.row;
import static io.claudeflux.fixture.Frames.be;
import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.data;
import static io.claudeflux.fixture.Frames.errorJson;
import static io.claudeflux.fixture.Frames.frame;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Frames.inputJson;
import static io.claudeflux.fixture.Frames.md;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Frames.quote;
import static io.claudeflux.fixture.Frames.st;
import static io.claudeflux.fixture.Frames.toolStart;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.head;
import static io.claudeflux.fixture.Steps.json;
import static io.claudeflux.fixture.Steps.raw;
import static io.claudeflux.fixture.Steps.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.error.ApiException;
import io.claudeflux.error.InvalidRequestException;
import io.claudeflux.error.StreamException;
import io.claudeflux.error.TransportException;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.message.Json;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageParam;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.Role;
import io.claudeflux.message.ToolResultBlock;
import io.claudeflux.message.ToolUseBlock;
import io.claudeflux.stream.StreamEvent;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Group S: servers that want to be led elsewhere, to fill a log, to break a parser or to cost more than they send. */
class SecurityTests {
    private static final String OPEN = ms() + bs(0) + d(0, "hi");
    private static final int LONGEST_MESSAGE = 2048;

    @Test
    @DisplayName("S07 307 to another port: nobody calls there, and the error names scheme and host only")
    void redirectsLeadNowhere() {
        try (ScriptedServer other = ScriptedServer.start(reply(h200(), chunk(good("stolen")), end()));
                FaultBench bench = FaultBench.serving(reply(response(
                        307, "text/plain", "", "location: " + other.baseUrl() + "/v1/elsewhere?token=abc#f")))) {
            StreamException error = bench.stream().error(StreamException.class);

            assertThat(error.kind()).isEqualTo(StreamException.Kind.REDIRECT);
            assertThat(error.getMessage())
                    .contains("http://127.0.0.1")
                    .doesNotContain("elsewhere", "token", "abc", String.valueOf(other.port()));
            assertThat(other.conns()).isZero();
            assertThat(bench.server().reqs()).isEqualTo(1);
        }
    }

    @TestFactory
    Stream<DynamicTest> serversThatRepeatTheKey() {
        String said = "no such key: " + FaultBench.KEY + ", really";
        String json = errorJson("authentication_error", said);
        return Stream.of(
                row(
                        "S10 the key in an error's message",
                        reply(json(401, json)),
                        told("no such key: [x-api-key], really")),
                row(
                        "S10 the key in an error's type",
                        reply(json(400, errorJson(FaultBench.KEY, "no"))),
                        told("[x-api-key]")),
                row("S10 the key in a page", reply(response(403, "text/html", said)), told("[x-api-key], really")),
                row(
                        "S10 the key in a page in place of a stream",
                        reply(response(200, "text/html", said)),
                        outcome -> assertThat(
                                        outcome.error(StreamException.class).excerpt())
                                .hasValueSatisfying(
                                        excerpt -> assertThat(excerpt).contains("[x-api-key], really"))),
                row(
                        "S10 the key in an error event",
                        stream(frame("error", json)),
                        told("no such key: [x-api-key], really")),
                row(
                        "S10 the key in an error's message, escaped",
                        reply(json(401, json.replace("sk-ant", "\\u0073k%2Dant"))),
                        told("no such key: [x-api-key], really")),
                row(
                        "S10 the key in an error event, escaped twice",
                        stream(frame("error", json.replace("sk-ant", "\\\\u0073k-ant"))),
                        told("[x-api-key], really")),
                row(
                        "S10 the key as the request's id",
                        reply(json(401, "{}", "request-id: " + FaultBench.KEY)),
                        told("request-id [x-api-key]")),
                row(
                        "S10 the key in a redirect",
                        reply(head(302, "location: https://" + FaultBench.KEY + ".example/", "content-length: 0")),
                        outcome -> assertThat(outcome.error(StreamException.class))
                                .hasMessageNotContaining(FaultBench.KEY)),
                row(
                        "S10 the key where an excerpt ends",
                        reply(response(200, "text/html", "x".repeat(1024 - 20) + FaultBench.KEY)),
                        outcome -> assertThat(
                                        outcome.error(StreamException.class).excerpt())
                                .hasValueSatisfying(
                                        excerpt -> assertThat(excerpt).endsWith("x[x-api-key]"))));
    }

    /** Their log lines, Reactor Netty's included, are read by the bench. */
    @TestFactory
    Stream<DynamicTest> garbageThatIsTheKeyIsNotLogged() {
        String key = FaultBench.KEY;
        return Stream.of(
                        key + " 200 OK",
                        "HTTP/1.1 " + key + " OK",
                        "HTTP/1.1 200 OK\r\n" + key + "\u0001: x",
                        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: " + key)
                .map(head -> row("S10 " + head.replaceAll("\\s", " "), reply(raw(head + "\r\n\r\n")), outcome -> {
                    TransportException error = outcome.error(TransportException.class);
                    assertThat(error.kind()).isEqualTo(TransportException.Kind.MALFORMED_HTTP);
                    assertThat(error).hasMessageNotContaining(key);
                }));
    }

    private static Consumer<Outcome<StreamEvent>> told(String message) {
        return outcome -> {
            ApiException error = outcome.error(ApiException.class);
            assertThat(error.getMessage()).contains(message);
            assertThat(error.apiMessage() + error.errorType() + error.details()).doesNotContain(FaultBench.KEY);
        };
    }

    @TestFactory
    Stream<DynamicTest> deepJson() {
        return Stream.of(201, 5_000, 200_000).flatMap(SecurityTests::nested);
    }

    private static Stream<DynamicTest> nested(int depth) {
        String deep = "[".repeat(depth) + "]".repeat(depth);
        String name = "S12 JSON nested " + depth + " deep in ";
        String delta = "{\"type\":\"content_block_delta\",\"index\":0,\"x\":" + deep + "}";
        return Stream.of(
                row(name + "a known event", stream(OPEN + frame("content_block_delta", delta)), limit("json_depth", 3)),
                row(
                        name + "an unknown event",
                        stream(OPEN + data("{\"type\":\"new\",\"x\":" + deep + "}")),
                        limit("json_depth", 3)),
                row(
                        name + "message_start",
                        stream(frame("message_start", "{\"type\":\"message_start\",\"message\":{\"x\":" + deep + "}}")),
                        limit("json_depth", 0)),
                row(
                        name + "an error event",
                        stream(OPEN + frame("error", "{\"type\":\"error\",\"error\":{\"details\":" + deep + "}}")),
                        limit("json_depth", 3)),
                row(
                        name + "the body of an error",
                        reply(json(400, "{\"error\":{\"details\":" + deep + "}}")),
                        failed(InvalidRequestException.class, 0)));
    }

    @ParameterizedTest(name = "S12 a tool input nested {0} deep, in many pieces: kept as text, for nobody to run")
    @ValueSource(ints = {201, 5_000, 200_000})
    void deepToolInputStaysText(int depth) {
        String input = "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
        StringBuilder frames = new StringBuilder(ms()).append(toolStart(0, "toolu_1", "dig"));
        for (int from = 0; from < input.length(); from += 1000) {
            frames.append(inputJson(0, input.substring(from, Math.min(input.length(), from + 1000))));
        }
        frames.append(be(0)).append(md("tool_use")).append(st());
        try (FaultBench bench = FaultBench.serving(stream(frames.toString()))) {
            Outcome<Message> outcome = bench.create();

            assertThat(outcome.isComplete()).as(outcome.describe()).isTrue();
            ToolUseBlock call = (ToolUseBlock) outcome.events().get(0).content().get(0);
            assertThat(call.isInputValid()).isFalse();
            assertThat(call.input()).isEqualTo(Json.emptyObject());
            assertThat(call.malformedText()).isEqualTo(input);
        }
    }

    @TestFactory
    Stream<DynamicTest> longPieces() {
        return Stream.of(
                row(
                        "S12 a name of 1,025 characters",
                        stream(OPEN + data("{\"type\":\"new\"," + quote("n".repeat(1025)) + ":1}")),
                        limit("json_size", 3)),
                row(
                        "S12 a number of 101 digits",
                        stream(OPEN + data("{\"type\":\"new\",\"x\":" + "7".repeat(101) + "}")),
                        limit("json_size", 3)),
                row(
                        "S12 a number with an exponent of 10 digits where an event has a number",
                        stream(OPEN
                                + frame(
                                        "content_block_stop",
                                        "{\"type\":\"content_block_stop\",\"index\":1e9999999999}")),
                        broken(StreamException.Kind.PROTOCOL, 3)));
    }

    @TestFactory
    Stream<DynamicTest> longHeads() {
        String ok = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n";
        return Stream.of(
                row(
                        "S13 a head of 33 KiB",
                        reply(raw(ok + "x: " + "y".repeat(33 << 10) + "\r\n\r\n" + good("hi"))),
                        limit("response_headers", 0)),
                row(
                        "S13 10,000 headers",
                        reply(raw(ok + "a: b\r\n".repeat(10_000) + "\r\n" + good("hi"))),
                        limit("response_headers", 0)),
                row(
                        "S13 a status line of 8,193 bytes",
                        reply(raw("HTTP/1.1 200 " + "O".repeat(8193 - 13) + "\r\n\r\n")),
                        limit("response_headers", 0)));
    }

    @ParameterizedTest(name = "S16 an error message of {0} characters with CRLF and ESC")
    @ValueSource(ints = {100, 100_000, 1_000_000})
    void serverTextIsTamedInMessagesAndInLogs(int length) {
        String nasty = "line\r\n12:00 INFO forged\u001b[31m\u0085\u2028" + "x".repeat(length);
        try (FaultBench bench =
                FaultBench.serving(reply(json(400, errorJson("invalid_request_error", nasty), "connection: close")))) {
            tamed(bench, bench.stream(), InvalidRequestException.class);
        }
        String event = frame("error", errorJson("invalid_request_error", nasty));
        try (FaultBench bench = FaultBench.serving(stream(OPEN + event))) {
            tamed(bench, bench.stream(), ApiException.class);
        }
    }

    private static void tamed(FaultBench bench, Outcome<StreamEvent> outcome, Class<? extends ApiException> type) {
        ApiException error = outcome.error(type);
        assertThat(error.getMessage())
                .hasSizeLessThanOrEqualTo(LONGEST_MESSAGE)
                .contains("forged")
                .doesNotContain("\r", "\n", "\u001b", "\u0085", "\u2028");
        assertThat(error.toString()).doesNotContain("\r", "\n", "\u001b", "\u0085", "\u2028");
        assertThat(bench.logs().newest()).noneMatch(line -> line.contains("\u001b") || line.contains("\nforged"));
        assertThat(bench.logs().newest()).allMatch(line -> line.length() < 64 << 10);
    }

    @Test
    @DisplayName("S21 quotes, newlines and U+2028 in model and tool ids are exact after the server's JSON parse")
    void oddIdsArriveExactly() {
        String odd = "\"},{\\u0022\\\n\r\u2028\u2029\u0000\ud83d\ude00";
        MessageRequest request = MessageRequest.builder()
                .model(odd)
                .maxTokens(1)
                .user("hi")
                .message(new MessageParam(
                        Role.ASSISTANT,
                        List.of(new ToolUseBlock(odd, odd, Json.of(Map.of(odd, odd)))),
                        Json.emptyObject()))
                .message(MessageParam.user(ToolResultBlock.of(odd, odd)))
                .build();
        try (FaultBench bench = FaultBench.serving(reply(h200(), chunk(good("hi")), end()))) {
            done(bench.observe(bench.client().messages().stream(request)));
            Json body = Json.parse(bench.server().request(0).bodyText());

            List<Json> turns = body.get("messages").orElseThrow().elements();
            Json use = turns.get(1).get("content").orElseThrow().elements().get(0);
            Json result = turns.get(2).get("content").orElseThrow().elements().get(0);
            assertThat(body.get("model").flatMap(Json::asString)).contains(odd);
            assertThat(use.get("id").flatMap(Json::asString)).contains(odd);
            assertThat(use.get("name").flatMap(Json::asString)).contains(odd);
            assertThat(use.get("input").orElseThrow().toMap()).isEqualTo(Map.of(odd, odd));
            assertThat(result.get("tool_use_id").flatMap(Json::asString)).contains(odd);
        }
    }

    private static void done(Outcome<StreamEvent> outcome) {
        Consumer<Outcome<StreamEvent>> expected = Expect.done("hi");
        expected.accept(outcome);
    }

    private static Script stream(String frames) {
        return reply(h200(), chunk(frames), end());
    }
}
