package io.claudeflux.internal.preflight;

import io.claudeflux.error.Finding;
import io.claudeflux.error.Finding.Severity;
import java.util.ArrayList;
import java.util.List;

/** Collects what the rules find. */
final class Findings {
    /** Long enough for every name, too short for what somebody says. */
    private static final int MAX_WORD = 64;

    private final List<Finding> found = new ArrayList<>();

    void refuse(String path, String problem, Rule rule) {
        add(Severity.REFUSED, path, problem, rule);
    }

    void warn(String path, String problem, Rule rule) {
        add(Severity.WARNING, path, problem, rule);
    }

    void add(Severity severity, String path, String problem, Rule rule) {
        found.add(new Finding(severity, path, problem, rule.says(), rule.fix(), rule.source()));
    }

    List<Finding> all() {
        return List.copyOf(found);
    }

    /**
     * A word of the request, quoted; of what is none, only how long it is. Names are plain ASCII, and whole sentences
     * have no blank in some languages.
     */
    static String shown(String word) {
        boolean isWord = word.length() <= MAX_WORD && word.strip().chars().allMatch(c -> c > ' ' && c < 0x7f);
        return isWord ? '"' + word + '"' : "a text of " + word.length() + " characters";
    }
}
