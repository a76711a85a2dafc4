package io.claudeflux.error;

import java.util.Objects;

/**
 * One thing that is wrong, or looks wrong, with a request, found before it was sent.
 *
 * <p>Of the request itself it shows where, and nothing but short words such as a model's, a tool's or a role's name;
 * those are cut, and their control characters are escaped.
 *
 * @param severity whether the request is refused for it
 * @param path where, as in {@code messages[2].content[0].tool_use_id}; {@code $} is the whole body
 * @param problem what is wrong there
 * @param rule what the API asks for
 * @param fix what to do about it
 * @param source where the rule is written down, or how it became known
 */
public record Finding(Severity severity, String path, String problem, String rule, String fix, String source) {
    private static final int MAX_BYTES = 600;

    /** What becomes of the request. */
    public enum Severity {
        /** The API cannot accept it, so it is not sent. */
        REFUSED,
        /** It is sent: the API may accept it, now or some day, or does so with a result that is not what was meant. */
        WARNING
    }

    /**
     * Cuts long texts and escapes control characters.
     *
     * @throws NullPointerException if an argument is null
     */
    public Finding {
        Objects.requireNonNull(severity, "severity");
        path = clean(path);
        problem = clean(problem);
        rule = clean(rule);
        fix = clean(fix);
        source = clean(source);
    }

    /** Nearly always there is nothing to do, and a long conversation may have very many findings. */
    private static String clean(String text) {
        boolean isClean = text.length() <= MAX_BYTES && text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
        return isClean ? text : ServerText.clean(text, MAX_BYTES);
    }

    /**
     * Whether the request is refused for it.
     *
     * @return false for a warning
     */
    public boolean isRefusal() {
        return severity == Severity.REFUSED;
    }

    /** A line for people: where, what, the rule and the fix. */
    @Override
    public String toString() {
        return path + ": " + problem + "; rule: " + rule + "; fix: " + fix;
    }
}
