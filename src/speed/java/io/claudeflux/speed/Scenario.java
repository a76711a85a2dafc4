package io.claudeflux.speed;

import java.util.Arrays;
import java.util.Locale;

/** What is measured; {@link Settings} says how. */
enum Scenario {
    /** As much text as goes through. */
    THROUGHPUT(3),
    /** As much as goes through, with thinking, tool inputs and pings in it. */
    KINDS(3),
    /** As much text as goes through, where the network hands over much at a time. */
    LARGE(3),
    /** Many streams at the speed at which a model writes. */
    PACED(3),
    /** How long the first event takes, on a connection that is open. */
    FIRST_TOKEN(3),
    /** How long the first text takes, in a JVM that is just being started. */
    COLD(11),
    /** What an event costs with ever more streams, and with ever larger events. */
    SCALING(2),
    /** What an event costs with one thing or another switched off. */
    SWITCHES(3);

    private final int rounds;

    Scenario(int rounds) {
        this.rounds = rounds;
    }

    int rounds() {
        return rounds;
    }

    /** The client that the others are compared with. */
    String baseline() {
        return switch (this) {
            case COLD -> "bare";
            case SWITCHES -> "flux";
            default -> "floor";
        };
    }

    /** Its name as one writes it. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Scenario of(String label) {
        return Arrays.stream(values())
                .filter(scenario -> scenario.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No such scenario: " + label));
    }
}
