package io.claudeflux.cli;

/** The few colours a terminal is asked for, by what they mean; the terminal's own theme decides how they look. */
enum Paint {
    NONE(""),
    QUIET("2"),
    TITLE("1"),
    RUNNING("36"),
    THINKING("35"),
    DONE("32"),
    FAILED("31");

    private final String code;

    Paint(String code) {
        this.code = code;
    }

    String on(String text, boolean hasColour) {
        return !hasColour || code.isEmpty() || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
