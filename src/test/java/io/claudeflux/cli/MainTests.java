package io.claudeflux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTests {
    private final CapturedShell captured = new CapturedShell();

    @Test
    void helpNamesTheCommands() throws Exception {
        assertThat(captured.run("--help")).isZero();
        assertThat(captured.out())
                .startsWith("Usage: claude-flux")
                .contains("demo", "load", "ask", "count", "models", "simulate", "130");
        assertThat(captured.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "load", "ask", "count", "models", "simulate"})
    void everyCommandHasHelp(String command) throws Exception {
        assertThat(captured.run(command, "--help")).isZero();
        assertThat(captured.out()).startsWith("Usage: claude-flux " + command);
    }

    @Test
    void versionIsOneLine() throws Exception {
        assertThat(captured.run("--version")).isZero();
        assertThat(captured.outLines()).singleElement().asString().matches("claude-flux \\S+ \\(Java \\S+\\)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "frobnicate | Unmatched argument at index 0: 'frobnicate'; see claude-flux --help",
                "--frobnicate | Unknown option: '--frobnicate'; see claude-flux --help",
                "ask | there is no prompt; see claude-flux ask --help",
                "ask --nope | Unknown option: '--nope'; see claude-flux ask --help",
                "ask  '' | there is no prompt; see claude-flux ask --help",
                "ask hi --max-tokens many | Invalid value for option '--max-tokens': 'many' is not an int; see claude-flux ask --help",
                "ask hi --max-tokens 0 | --max-tokens must be at least 1 but was 0",
                "count | there is no prompt; see claude-flux count --help",
                "count hi --tool no-such-file.json | --tool: no-such-file.json cannot be read",
                "models a b | Unmatched argument at index 2: 'b'; see claude-flux models --help",
                "simulate --port 65536 | --port must be from 0 to 65535 but was 65536",
                "simulate --pace -1 | --pace must be at least 0 but was -1",
                "load --streams 0 | --streams must be from 1 to 20000 but was 0",
                "load --rate 0 | --rate must be from 1 to 20000 but was 0",
                "load --permits 0 | --permits must be from 1 to 20000 but was 0",
                "load --events-per-second 0.05 | --events-per-second must be from 0.1 to 1000 but was 0.05",
                "load --events-per-second NaN | --events-per-second must be from 0.1 to 1000 but was NaN",
                "load --duration 0 | --duration must be from 1 to 3600 seconds but was 0",
                "load --stop-one --streams 1 | --stop-one needs at least 2 streams and 2 permits: one is kept",
                "demo --streams 0 | --streams must be from 1 to 5000 but was 0",
                "demo --streams | Missing required parameter for option '--streams' (<n>); see claude-flux demo --help",
            })
    void badInputGetsOneClearLineAndExitCodeTwo(String command, String complaint) throws Exception {
        String[] args = command.replace("''", "").split(" ", -1);

        assertThat(captured.run(args)).isEqualTo(2);
        assertThat(captured.errLines()).containsExactly("claude-flux: " + complaint);
        assertThat(captured.out()).isEmpty();
    }
}
