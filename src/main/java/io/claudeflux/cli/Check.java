package io.claudeflux.cli;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * One thing that was looked at, and what it means.
 *
 * @param state how it is
 * @param name what was looked at, in a word
 * @param found what was seen
 * @param advice what that means and what to do next, a sentence each; empty where nothing is to be done
 */
record Check(State state, String name, String found, List<String> advice) {
    /** How something is. */
    enum State {
        OK("ok", Paint.DONE),
        NOTE("--", Paint.QUIET),
        WARN("warn", Paint.THINKING),
        FAIL("FAIL", Paint.FAILED);

        private final String word;
        private final Paint paint;

        State(String word, Paint paint) {
            this.word = word;
            this.paint = paint;
        }
    }

    static Check ok(String name, String found) {
        return new Check(State.OK, name, found, List.of());
    }

    static Check note(String name, String found) {
        return new Check(State.NOTE, name, found, List.of());
    }

    static Check warn(String name, String found, String... advice) {
        return new Check(State.WARN, name, found, List.of(advice));
    }

    static Check fail(String name, String found, String... advice) {
        return new Check(State.FAIL, name, found, List.of(advice));
    }

    boolean isFailed() {
        return state == State.FAIL;
    }

    /** Prints it: a line, and one for each piece of advice below. Nobody else's text may steer the terminal. */
    void print(Shell shell) {
        boolean hasColour = shell.terminal().hasColour();
        String word = state.paint.on(String.format(Locale.ROOT, "%-5s", state.word), hasColour);
        shell.out().println(word + String.format(Locale.ROOT, "%-9s", name) + Columns.line(found));
        advice.forEach(sentence -> shell.out().println(" ".repeat(14) + Columns.line(sentence)));
        shell.out().flush();
    }

    static String millis(Duration time) {
        return time.toMillis() + " ms";
    }
}
