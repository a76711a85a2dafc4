package io.claudeflux.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.message.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class DefaultAnswersTests {

    private final ClaudeSimulator claude = ClaudeSimulator.start();
    private final Calls calls = new Calls(claude);

    @AfterEach
    void stop() {
        claude.close();
    }

    private Json answer(Object... more) {
        Map<String, Object> body = new LinkedHashMap<>(
                Json.parse(Calls.request(false, "Write a haiku")).toMap());
        body.putAll(Fields.of(more));
        return Json.parse(calls.post(Json.of(body).text()).body());
    }

    private static List<Json> content(Json message) {
        return message.get("content").orElseThrow().elements();
    }

    private static String member(Json block, String name) {
        return block.get(name).flatMap(Json::asString).orElse("");
    }

    @Test
    void refersToThePromptAndSaysWhoSpeaks() {
        String text = member(content(answer()).get(0), "text");

        assertThat(text).contains("“Write a haiku”", "simulator").hasSizeBetween(150, 600);
    }

    @Test
    void quotesOnlyTheFirstWordsOfALongPrompt() {
        String sse = calls.post(Calls.request(true, "a b c d e f g h i j k " + "x".repeat(100_000)))
                .body();

        assertThat(Calls.text(sse)).contains("“a b c d e f g h …”").hasSizeLessThan(600);
        assertThat(Calls.names(sse)).containsSubsequence("message_start", "content_block_start", "ping");
    }

    @Test
    void thanksForToolResults() {
        Map<String, Object> result = Map.of("type", "tool_result", "tool_use_id", "toolu_1", "content", "12 m");

        Json message = answer("messages", List.of(Map.of("role", "user", "content", List.of(result))));

        assertThat(member(content(message).get(0), "text")).startsWith("Thank you");
    }

    @Test
    void stopsAtMaxTokens() {
        Json message = answer("max_tokens", 5);

        assertThat(message.get("stop_reason")).contains(Json.of("max_tokens"));
        assertThat(message.get("usage").orElseThrow().get("output_tokens")).contains(Json.of(5));
        assertThat(content(answer("max_tokens", 0))).isEmpty();
    }

    @Test
    void thinksWhenAsked() {
        List<Json> shown = content(answer("thinking", Map.of("type", "adaptive")));
        List<Json> omitted = content(answer("thinking", Map.of("type", "adaptive", "display", "omitted")));

        assertThat(shown).hasSize(2);
        assertThat(member(shown.get(0), "thinking")).contains("Write a haiku");
        assertThat(member(omitted.get(0), "thinking")).isEmpty();
        assertThat(member(omitted.get(0), "signature")).isNotEmpty();
        assertThat(content(answer("thinking", Map.of("type", "disabled")))).hasSize(1);
    }

    @Test
    void callsAToolThatIsForced() {
        Map<String, Object> schema = Map.of(
                "type",
                "object",
                "properties",
                Map.of("city", Map.of("type", "string"), "days", Map.of("type", "integer")));
        List<Map<String, Object>> tools = List.of(
                Map.of("name", "clock", "input_schema", Map.of("type", "object")),
                Map.of("name", "weather", "input_schema", schema));

        Json message = answer("tools", tools, "tool_choice", Map.of("type", "tool", "name", "weather"));

        assertThat(message.get("stop_reason")).contains(Json.of("tool_use"));
        assertThat(content(message).get(0).get("input")).contains(Json.parse("{\"city\":\"example\",\"days\":1}"));
        assertThat(member(
                        content(answer("tools", tools, "tool_choice", Map.of("type", "any")))
                                .get(0),
                        "name"))
                .isEqualTo("clock");
        assertThat(answer("tools", tools).get("stop_reason")).contains(Json.of("end_turn"));
    }

    @Test
    void fitsAnOutputSchema() {
        Json schema = Json.parse("""
                {"type":"object","properties":{
                  "name":{"type":"string"}, "on":{"type":"string","format":"date"}, "size":{"type":"number","minimum":3},
                  "kind":{"enum":["small","large"]}, "is_open":{"type":"boolean"}, "none":{"type":["null","string"]},
                  "fixed":{"const":"x"}, "either":{"anyOf":[{"type":"integer"},{"type":"null"}]},
                  "tags":{"type":"array","items":{"type":"string"}}, "free":{"type":"array"},
                  "nested":{"type":"object","properties":{"a":{"type":"integer"}}}}}
                """);

        Json message = answer("output_config", Map.of("format", Map.of("type", "json_schema", "schema", schema)));

        assertThat(Json.parse(member(content(message).get(0), "text"))).isEqualTo(Json.parse("""
                                {"name":"example","on":"2026-11-21","size":3,"kind":"small","is_open":true,"none":null,
                                 "fixed":"x","either":1,"tags":["example"],"free":[],"nested":{"a":1}}
                                """));
    }
}
