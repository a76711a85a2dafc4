package io.claudeflux.simulator;

import static io.claudeflux.simulator.Block.complete;
import static io.claudeflux.simulator.Block.deltas;
import static io.claudeflux.simulator.Block.redactedThinking;
import static io.claudeflux.simulator.Block.text;
import static io.claudeflux.simulator.Block.thinking;
import static io.claudeflux.simulator.Block.toolUse;
import static io.claudeflux.simulator.Reply.body;
import static io.claudeflux.simulator.Reply.error;
import static io.claudeflux.simulator.Reply.raw;
import static io.claudeflux.simulator.Reply.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.message.Json;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ReplyTests {

    private final ClaudeSimulator claude = ClaudeSimulator.start();
    private final Calls calls = new Calls(claude);

    @AfterEach
    void stop() {
        claude.close();
    }

    private String streamed(Reply reply) {
        claude.enqueue(reply);
        return calls.stream().body();
    }

    private Json whole(Reply reply) {
        claude.enqueue(reply);
        return Json.parse(calls.post(Calls.request(false, "Hi")).body());
    }

    @Test
    void textIsStreamedInTheOrderOfTheApi() {
        String sse = streamed(reply("Hello you"));

        assertThat(Calls.names(sse))
                .containsExactly(
                        "message_start",
                        "content_block_start",
                        "content_block_delta",
                        "content_block_delta",
                        "content_block_stop",
                        "message_delta",
                        "message_stop");
        assertThat(Calls.data(sse))
                .extracting(event -> event.get("type").flatMap(Json::asString).orElse(""))
                .isEqualTo(Calls.names(sse));
        assertThat(Calls.deltas(sse, "text")).containsExactly("Hello", " you");
        assertThat(Calls.deltas(sse, "stop_reason")).containsExactly("end_turn");
    }

    @Test
    void aStreamHasTheHeadersOfTheApi() {
        claude.enqueue(reply("Hello"));
        HttpResponse<String> response = calls.stream();

        assertThat(response.headers().firstValue("content-type")).contains("text/event-stream; charset=utf-8");
        assertThat(response.headers().firstValue("request-id"))
                .contains(claude.requests().get(0).requestId())
                .get()
                .asString()
                .startsWith("req_01");
        assertThat(response.headers().firstValue("date").orElseThrow())
                .matches("\\w{3}, \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT");
        assertThat(response.headers().map())
                .containsKeys(
                        "anthropic-organization-id",
                        "anthropic-ratelimit-requests-limit",
                        "anthropic-ratelimit-tokens-remaining",
                        "anthropic-ratelimit-input-tokens-reset",
                        "anthropic-ratelimit-output-tokens-limit");
    }

    @Test
    void blocksComeInOrderEachWithItsKindOfDelta() {
        String sse = streamed(reply(
                thinking("Tides? Call the tool.", "c2lnbmVk"),
                text("Je vérifie 🌊"),
                toolUse("get_tide", Map.of("port", "Brest harbour, west"))));

        assertThat(String.join("", Calls.deltas(sse, "thinking"))).isEqualTo("Tides? Call the tool.");
        assertThat(Calls.deltas(sse, "signature")).containsExactly("c2lnbmVk");
        assertThat(Calls.text(sse)).isEqualTo("Je vérifie 🌊");
        assertThat(Calls.deltas(sse, "partial_json")).startsWith("").hasSizeGreaterThan(2);
        assertThat(String.join("", Calls.deltas(sse, "partial_json"))).isEqualTo("{\"port\":\"Brest harbour, west\"}");
        assertThat(Calls.deltas(sse, "stop_reason")).containsExactly("tool_use");
        assertThat(sse).containsOnlyOnce("\"index\":2,\"content_block\":{\"type\":\"tool_use\",\"id\":\"toolu_01");
    }

    @Test
    void deltasAreSentExactlyAsGiven() {
        assertThat(Calls.deltas(streamed(reply(deltas("Hel", "", "lo you"))), "text"))
                .containsExactly("Hel", "", "lo you");
    }

    @Test
    void anEmptyTextHasNoDelta() {
        assertThat(Calls.names(streamed(reply("")))).doesNotContain("content_block_delta");
    }

    @Test
    void completeBlocksArriveWholeInTheirStart() {
        Json future = Json.parse("{\"type\":\"hologram\",\"data\":[1,2]}");

        String sse = streamed(reply(complete(future), redactedThinking("b64")));

        assertThat(Calls.data(sse).get(1).get("content_block")).contains(future);
        assertThat(sse).contains("{\"type\":\"redacted_thinking\",\"data\":\"b64\"}");
        assertThat(Calls.names(sse)).doesNotContain("content_block_delta");
    }

    @Test
    void usageIsTotalInTheLastDelta() {
        List<Json> events = Calls.data(streamed(reply("Hello").usage(412, 91).cacheUsage(10, 2048)));

        Json last = events.get(events.size() - 2).get("usage").orElseThrow();
        assertThat(last)
                .isEqualTo(Json.of(Map.of(
                        "input_tokens", 412,
                        "output_tokens", 91,
                        "cache_creation_input_tokens", 10,
                        "cache_read_input_tokens", 2048)));
        Json first = events.get(0).get("message").orElseThrow().get("usage").orElseThrow();
        assertThat(first.get("input_tokens")).contains(Json.of(412));
        assertThat(first.get("output_tokens")).contains(Json.of(1));
    }

    @Test
    void usageIsEstimatedWhenNotGiven() {
        Json usage = whole(reply("12345678")).get("usage").orElseThrow();

        assertThat(usage.get("input_tokens")).contains(Json.of(1));
        assertThat(usage.get("output_tokens")).contains(Json.of(2));
    }

    @Test
    void withoutStreamTheSameContentIsOneMessage() {
        Json message = whole(reply(thinking("Hm.", "c2ln"), text("Yes."), toolUse("clock", Map.of("zone", "UTC")))
                .stopReason("pause_turn"));

        List<Json> content = message.get("content").orElseThrow().elements();
        assertThat(content.get(0))
                .isEqualTo(Json.parse("{\"type\":\"thinking\",\"thinking\":\"Hm.\",\"signature\":\"c2ln\"}"));
        assertThat(content.get(1)).isEqualTo(Json.parse("{\"type\":\"text\",\"text\":\"Yes.\"}"));
        assertThat(content.get(2).get("input")).contains(Json.parse("{\"zone\":\"UTC\"}"));
        assertThat(message.get("stop_reason")).contains(Json.of("pause_turn"));
        assertThat(message.get("model")).contains(Json.of("claude-sonnet-5-5"));
    }

    @Test
    void withoutStreamThereAreNoPings() {
        assertThat(whole(reply("Hello").pingEvery(1)).get("type")).contains(Json.of("message"));
    }

    @Test
    void toolInputMayBeCutInTheMiddle() {
        Reply cutShort = reply(toolUse("save", "{\"text\":\"The harb")).stopReason("max_tokens");

        assertThat(String.join("", Calls.deltas(streamed(cutShort), "partial_json")))
                .isEqualTo("{\"text\":\"The harb");
        assertThat(whole(cutShort)
                        .get("content")
                        .orElseThrow()
                        .elements()
                        .get(0)
                        .get("input"))
                .contains(Json.emptyObject());
    }

    @Test
    void stopReasonsAreReportedWithTheirDetails() {
        assertThat(streamed(reply("").stopReason("refusal")))
                .contains("\"stop_details\":{\"type\":\"refusal\",\"category\":null,\"explanation\":null}");
        assertThat(streamed(reply("a").stopSequence("END")))
                .contains("\"stop_reason\":\"stop_sequence\",\"stop_sequence\":\"END\"");
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_request_error",
        "401, authentication_error",
        "402, billing_error",
        "403, permission_error",
        "404, not_found_error",
        "408, timeout_error",
        "409, conflict_error",
        "413, request_too_large",
        "422, invalid_request_error",
        "429, rate_limit_error",
        "500, api_error",
        "503, api_error",
        "504, timeout_error",
        "529, overloaded_error"
    })
    void errorsUseTheEnvelopeOfTheApi(int status, String type) {
        claude.enqueue(error(status));
        HttpResponse<String> response = calls.stream();

        assertThat(response.statusCode()).isEqualTo(status);
        Json envelope = Json.parse(response.body());
        assertThat(envelope.get("type")).contains(Json.of("error"));
        assertThat(envelope.get("error").orElseThrow().get("type")).contains(Json.of(type));
        assertThat(envelope.get("request_id").flatMap(Json::asString))
                .isEqualTo(response.headers().firstValue("request-id"));
    }

    @Test
    void errorsCarryHints() {
        claude.enqueue(error(429, "Slow down.")
                .code("ramp_limit_exceeded")
                .type("weird_error")
                .retryAfter(Duration.ofMillis(2500))
                .retryAfterMillis(2500)
                .shouldRetry(false));
        HttpResponse<String> response = calls.stream();

        assertThat(response.body())
                .contains("{\"type\":\"weird_error\",\"message\":\"Slow down.\","
                        + "\"details\":{\"error_code\":\"ramp_limit_exceeded\"}}");
        assertThat(response.headers().firstValue("retry-after")).contains("3");
        assertThat(response.headers().firstValue("retry-after-ms")).contains("2500");
        assertThat(response.headers().firstValue("x-should-retry")).contains("false");
    }

    @Test
    void rawAndOtherBodiesAreSentAsTheyAre() {
        assertThat(streamed(raw("event: x\r\ndata: {}\r\n\r\n: note\n\ndata: tail")))
                .isEqualTo("event: x\r\ndata: {}\r\n\r\n: note\n\ndata: tail");

        claude.enqueue(
                body(502, "text/html", "<html>Bad gateway</html>"),
                body(307, "text/plain", "").header("Location", "http://127.0.0.1:1/"),
                body(204, "text/plain", ""));
        HttpResponse<String> html = calls.stream();
        assertThat(html.statusCode()).isEqualTo(502);
        assertThat(html.headers().firstValue("content-type")).contains("text/html");
        assertThat(html.body()).isEqualTo("<html>Bad gateway</html>");
        assertThat(calls.stream().headers().firstValue("location")).contains("http://127.0.0.1:1/");
        assertThat(calls.stream().statusCode()).isEqualTo(204);
    }

    @Test
    void aWrongContentTypeCanBeClaimed() {
        claude.enqueue(reply("Hello").contentType("text/html"));

        assertThat(calls.stream().headers().firstValue("content-type")).contains("text/html");
    }

    @Test
    void refinementsThatDoNotFitAreRefusedWhenScripted() {
        assertThatThrownBy(() -> error(529).usage(1, 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> reply("x").code("y")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> reply("x").afterEvents(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> reply("x").cut().afterEvents(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> reply("x").chunkBytes(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> reply("x").pingEvery(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> error(200)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> complete(Json.of("x"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aStreamCanBeMadeWhileItRuns() {
        String ping = "event: ping\ndata: {\"type\":\"ping\"}\n\n";
        AtomicInteger made = new AtomicInteger();

        String first =
                streamed(raw(Flux.<String>generate(sink -> sink.next(ping)).take(3)));
        claude.enqueue(raw(Flux.generate(sink -> {
            made.incrementAndGet();
            sink.next(ping);
        })));
        calls.chunks().take(2).blockLast(Duration.ofSeconds(10));

        assertThat(first).isEqualTo(ping.repeat(3));
        // The client that left has stopped it.
        assertThat(claude.requests().get(1).outcome().block(Duration.ofSeconds(10)))
                .isEqualTo(SimulatedRequest.Outcome.CANCELLED);
        int stoppedAt = made.get();
        assertThat(calls.stream().statusCode()).isEqualTo(200);
        assertThat(made).hasValue(stoppedAt);
    }
}
