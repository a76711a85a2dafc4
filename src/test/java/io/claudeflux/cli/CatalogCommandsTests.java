package io.claudeflux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.message.Json;
import io.claudeflux.simulator.ClaudeSimulator;
import io.claudeflux.simulator.SimulatedRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code count} and {@code models}. */
class CatalogCommandsTests {
    private static final String SIMULATED =
            "claude-flux: no ANTHROPIC_API_KEY found, the simulator inside this JVM answers";

    private final ClaudeSimulator api = ClaudeSimulator.start();
    private final CapturedShell captured = new CapturedShell();

    @TempDir
    private Path directory;

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void countPrintsTheNumberAndNothingElse() throws Exception {
        assertThat(captured.run("count", "Twelve", "letters")).isZero();

        assertThat(captured.outLines()).singleElement().asString().matches("\\d+");
        assertThat(captured.errLines()).containsExactly(SIMULATED);
    }

    @Test
    void countSendsInstructionsAndTools() throws Exception {
        Path one = directory.resolve("one.json");
        Files.writeString(
                one, "{\"name\": \"weather\", \"description\": \"d\", \"input_schema\": {\"type\": \"object\"}}");
        Path more = directory.resolve("more.json");
        Files.writeString(more, "[{\"type\": \"web_search_20260318\", \"name\": \"web_search\"}]");

        assertThat(runApi(
                        "count",
                        "--json",
                        "--model",
                        "claude-x",
                        "--system",
                        "Be brief.",
                        "--tool",
                        one.toString(),
                        "--tool",
                        more.toString(),
                        "Hi"))
                .isZero();

        Json body = api.requests().get(0).body();
        assertThat(api.requests().get(0).path()).isEqualTo("/v1/messages/count_tokens");
        assertThat(body.members()).containsOnlyKeys("model", "system", "messages", "tools");
        assertThat(body.get("tools").orElseThrow().elements()).hasSize(2);
        assertThat(captured.outLines()).singleElement().asString().startsWith("{\"input_tokens\":");
        assertThat(captured.err()).isEmpty();
    }

    @Test
    void aFileThatHoldsNoToolIsABadArgument() throws Exception {
        Path file = directory.resolve("tool.json");
        Files.writeString(file, "[]");

        assertThat(captured.run("count", "--tool", file.toString(), "Hi")).isEqualTo(2);

        assertThat(captured.errLines())
                .containsExactly(
                        "claude-flux: --tool: " + file + " holds no tool: neither an object nor a list of them");
    }

    @Test
    void modelsIsATable() throws Exception {
        assertThat(captured.run("models")).isZero();

        List<String> lines = captured.outLines();
        assertThat(lines.get(0)).matches("MODEL +NAME +LIFECYCLE +RETIRES +READS +WRITES +CREATED");
        assertThat(lines)
                .anyMatch(line -> line.matches(
                        "claude-sonnet-5-5 +Claude Sonnet 5\\.5 +active +- +1,000,000 +128,000 +2026-09-10"))
                .anyMatch(line -> line.matches("claude-sonnet-4-5-20250929 .* deprecated +2027-05-30 .*"))
                .noneMatch(line -> line.contains("retired"));
        int created = lines.get(0).indexOf("CREATED");
        assertThat(lines.subList(1, lines.size())).allMatch(line -> line.startsWith("20", created));
        assertThat(captured.errLines()).containsExactly(SIMULATED);
    }

    @Test
    void retiredModelsAreShownOnRequest() throws Exception {
        assertThat(runApi("models", "--all", "--json")).isZero();

        assertThat(captured.outLines())
                .allSatisfy(line -> assertThat(Json.parse(line).get("id")).isPresent())
                .anyMatch(line -> line.contains("\"lifecycle\":\"retired\""));
        assertThat(api.requests()).extracting(SimulatedRequest::method).containsOnly("GET");
    }

    @Test
    void oneModelIsShownWithAllThatIsKnown() throws Exception {
        assertThat(runApi("models", "claude-haiku-4-5")).isZero();

        assertThat(captured.outLines())
                .contains(
                        "id                claude-haiku-4-5-20251001",
                        "lifecycle         active",
                        "retires           -",
                        "writes at most    64,000",
                        "images            yes",
                        "effort            no",
                        "thinking          enabled, disabled");
        assertThat(captured.err()).isEmpty();
    }

    @Test
    void aModelThatIsNotThereIsOneLineAndExitCodeOne() throws Exception {
        assertThat(runApi("models", "gpt")).isEqualTo(1);

        assertThat(captured.out()).isEmpty();
        assertThat(captured.errLines())
                .singleElement()
                .asString()
                .startsWith("claude-flux: not_found_error (HTTP 404): model: gpt");
    }

    private int runApi(String... args) throws Exception {
        return captured.with("ANTHROPIC_API_KEY", "sk-ant-secret")
                .with("ANTHROPIC_BASE_URL", api.baseUrl())
                .run(args);
    }
}
