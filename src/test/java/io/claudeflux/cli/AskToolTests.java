package io.claudeflux.cli;

import static io.claudeflux.simulator.Block.text;
import static io.claudeflux.simulator.Block.toolUse;
import static io.claudeflux.simulator.Reply.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.simulator.ClaudeSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AskToolTests {
    private static final String INVOICE = """
            {"type": "object", "properties": {"total": {"type": "integer"}}, "required": ["total"],
             "additionalProperties": false}""";

    private final ClaudeSimulator api = ClaudeSimulator.start();
    private final CapturedShell captured = new CapturedShell();

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void aToolIsRunAndItsResultSentBack() throws Exception {
        api.enqueue(reply(text("Let me look."), toolUse("get_weather", Map.of("city", "Brest"))), reply("Rain."));

        assertThat(askApi("--tool", tool("\"cat\""), "Will it rain?")).isZero();

        assertThat(captured.outLines()).containsExactly("Let me look.", "Rain.");
        assertThat(captured.errLines())
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo("claude-flux: calls get_weather {\"city\":\"Brest\"}"),
                        second -> assertThat(second).matches("claude-flux: get_weather answered \\[\\d+ ms]"));
        assertThat(api.requests()).hasSize(2);
        assertThat(api.requests().get(1).body().text())
                .contains("\"tool_result\"")
                .contains("{\\\"city\\\":\\\"Brest\\\"}");
    }

    @Test
    void aToolThatFailsIsToldToTheModelAndToThePerson() throws Exception {
        api.enqueue(reply(toolUse("get_weather", Map.of())), reply("Sorry."));

        assertThat(askApi("--tool", tool("\"sh\", \"-c\", \"echo closed; exit 4\""), "Will it rain?"))
                .isZero();

        assertThat(captured.outLines()).containsExactly("Sorry.");
        assertThat(captured.err()).contains("get_weather failed: sh exited with 4: closed");
        assertThat(api.requests().get(1).body().text()).contains("\"is_error\":true", "exited with 4: closed");
    }

    @Test
    void withoutAKeyTheSimulatorCallsTheTool() throws Exception {
        assertThat(captured.run("ask", "--tool", tool("\"echo\", \"sunny\""), "Will it rain?"))
                .isZero();

        assertThat(captured.err()).contains("calls get_weather {\"city\":\"example\"}", "get_weather answered");
        assertThat(captured.outLines()).isNotEmpty();
    }

    @Test
    void anAnswerThatFitsTheSchemaIsPrinted() throws Exception {
        api.enqueue(reply("{\"total\": 12}"));

        assertThat(askApi("--schema", file(INVOICE), "How much?")).isZero();

        assertThat(captured.outLines()).containsExactly("{\"total\": 12}");
        assertThat(captured.err()).isEmpty();
        assertThat(api.requests().get(0).body().text()).contains("\"json_schema\"");
    }

    @Test
    void anAnswerThatDoesNotFitTheSchemaIsAFailure() throws Exception {
        api.enqueue(reply("{\"total\": \"twelve\"}"));

        assertThat(askApi("--schema", file(INVOICE), "How much?")).isEqualTo(1);

        assertThat(captured.outLines()).containsExactly("{\"total\": \"twelve\"}");
        assertThat(captured.errLines()).singleElement().asString().contains("total");
    }

    @Test
    void aSchemaThatTheApiDoesNotTakeIsRefusedBeforeAnythingIsSent() throws Exception {
        assertThat(askApi(
                        "--schema",
                        file("{\"type\": \"object\", \"properties\": {\"a\": {\"pattern\": \"x\"}}}"),
                        "Hi"))
                .isEqualTo(2);

        assertThat(captured.errLines()).singleElement().asString().contains("pattern");
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void aFileThatIsMissingIsSaidSo() throws Exception {
        assertThat(askApi("--tool", folder.resolve("none.json").toString(), "Hi"))
                .isEqualTo(2);

        assertThat(captured.errLines()).singleElement().asString().endsWith("none.json does not exist");
    }

    private int askApi(String... words) throws Exception {
        captured.with("ANTHROPIC_API_KEY", "sk-ant-secret").with("ANTHROPIC_BASE_URL", api.baseUrl());
        List<String> args = new ArrayList<>(List.of("ask"));
        args.addAll(List.of(words));
        return captured.run(args.toArray(String[]::new));
    }

    private String tool(String command) throws IOException {
        return file("""
                {"name": "get_weather", "description": "The weather of a city.", "command": [%s],
                 "input_schema": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}}""".formatted(command));
    }

    private String file(String content) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "ask", ".json"), content)
                .toString();
    }
}
