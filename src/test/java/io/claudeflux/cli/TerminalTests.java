package io.claudeflux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTests {
    @Test
    void whatIsNoTerminalGetsNoColour() {
        assertThat(Terminal.of(null, name -> null)).isEqualTo(Terminal.NONE);
        assertThat(Terminal.of("50 120\n", Map.of("TERM", "dumb")::get)).isEqualTo(Terminal.NONE);
    }

    @Test
    void theSizeIsThatOfTheTerminalUnlessTheEnvironmentKnowsBetter() {
        assertThat(Terminal.of("50 120\n", name -> null)).isEqualTo(new Terminal(true, true, 120, 50));
        assertThat(Terminal.of("50 120\n", Map.of("COLUMNS", "90", "LINES", "x")::get))
                .isEqualTo(new Terminal(true, true, 90, 50));
    }

    @Test
    void aTerminalOfUnknownSizeIsTakenForASmallOne() {
        assertThat(Terminal.of("stty: not found", name -> null)).isEqualTo(new Terminal(true, true, 80, 24));
        assertThat(Terminal.of("0 0\n", name -> null)).isEqualTo(new Terminal(true, true, 80, 24));
    }

    @Test
    void colourCanBeDeclined() {
        assertThat(Terminal.of("50 120", Map.of("NO_COLOR", "1")::get).hasColour())
                .isFalse();
        assertThat(Terminal.of("50 120", Map.of("NO_COLOR", "")::get).hasColour())
                .isTrue();
    }
}
