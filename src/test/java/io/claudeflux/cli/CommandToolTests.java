package io.claudeflux.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.fixture.Await;
import io.claudeflux.message.Json;
import io.claudeflux.tool.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.Disposable;

class CommandToolTests {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @Test
    void theInputIsOnStandardInputAndWhatIsPrintedIsTheResult() {
        assertThat(tool("cat").run(Json.parse("{\"city\": \"Köln\"}")).block(SOON))
                .isEqualTo("{\"city\": \"Köln\"}");
    }

    @Test
    void aCommandThatReadsNothingIsFine() {
        Json large = Json.of(List.of("x".repeat(1 << 20)));

        assertThat(tool("true").run(large).block(SOON)).isEmpty();
    }

    @Test
    void aCommandMayPrintWhileItReads() {
        Json large = Json.of(List.of("x".repeat(1 << 19)));

        assertThat(tool("cat").run(large).block(SOON)).isEqualTo(large.text());
    }

    @Test
    void anExitCodeIsAFailureWithWhatWasPrinted() {
        assertThatThrownBy(() -> tool("sh", "-c", "echo no such city; exit 3")
                        .run(Json.emptyObject())
                        .block(SOON))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("sh exited with 3: no such city");
    }

    @Test
    void aCommandThatDoesNotExistIsAFailure() {
        assertThatThrownBy(() ->
                        tool("no-such-command-here").run(Json.emptyObject()).block(SOON))
                .hasMessageContaining("no-such-command-here");
    }

    @Test
    void outputHasABound() {
        assertThatThrownBy(() -> tool("sh", "-c", "yes").run(Json.emptyObject()).block(SOON))
                .hasMessageContaining("printed more than 1048576 bytes");
    }

    @Test
    void keysAreNotHandedOn() {
        Map<String, String> environment = new HashMap<>(
                Map.of("ANTHROPIC_API_KEY", "k", "ANTHROPIC_CUSTOM_HEADERS", "x-api-key: k", "PATH", "/bin"));

        CommandTool.withoutKeys(environment);

        assertThat(environment).containsOnlyKeys("PATH");
        assertThat(tool("env").run(Json.emptyObject()).block(SOON)).doesNotContain("ANTHROPIC_");
    }

    @Test
    void aCancelKillsTheCommandAndWhatItStarted() throws IOException {
        Path alive = folder.resolve("pid");
        AtomicReference<String> result = new AtomicReference<>("");
        Disposable running = tool("sh", "-c", "sleep 600 & echo $! > " + alive + "; wait")
                .run(Json.emptyObject())
                .subscribe(result::set);
        Await.until(SOON, () -> Files.exists(alive) && !read(alive).isBlank());
        long pid = Long.parseLong(read(alive).strip());

        running.dispose();

        Await.untilOrFail(
                "end of the command",
                SOON,
                () -> ProcessHandle.of(pid).map(process -> !process.isAlive()).orElse(true));
        assertThat(result.get()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[];must hold one JSON object",
                "{;not valid JSON",
                "{'description':'d','input_schema':{},'command':['x']};\"name\" is missing",
                "{'name':1,'description':'d','input_schema':{},'command':['x']};\"name\" must be a string",
                "{'name':'n','description':'d','input_schema':{},'command':'x'};\"command\" of tool n is empty",
                "{'name':'n','description':'d','input_schema':{},'command':[1]};must be an array of strings",
            })
    void aFileThatIsNoToolSaysWhatIsWrong(String content, String complaint) throws IOException {
        Path file = Files.writeString(folder.resolve("tool.json"), content.replace('\'', '"'));

        assertThatThrownBy(() -> CommandTool.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void aFileIsATool() throws IOException {
        Path file = Files.writeString(folder.resolve("tool.json"), """
                {"name": "n", "description": "d", "input_schema": {"type": "object"}, "command": ["cat", "-"]}""");

        assertThat(CommandTool.read(file))
                .isEqualTo(new CommandTool("n", "d", Json.parse("{\"type\":\"object\"}"), List.of("cat", "-")));
    }

    private static CommandTool tool(String... command) {
        return new CommandTool("n", "d", Json.emptyObject(), List.of(command));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
