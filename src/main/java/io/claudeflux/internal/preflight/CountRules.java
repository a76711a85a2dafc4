package io.claudeflux.internal.preflight;

import io.claudeflux.error.Finding;
import java.util.Set;

/** What still matters when a request is only counted: nothing about fields that are not sent then. */
final class CountRules {
    private static final Set<String> NOT_SENT = Set.of(
            "max_tokens",
            "stop_sequences",
            "metadata",
            "service_tier",
            "container",
            "diagnostics",
            "inference_geo",
            "temperature",
            "top_p",
            "top_k",
            "fallbacks",
            "fallback_credit_token");

    private CountRules() {}

    static boolean matters(Finding finding) {
        return !NOT_SENT.contains(field(finding.path())) && !isAgainstMaxTokens(finding);
    }

    /** The field of the body that a path begins with. */
    private static String field(String path) {
        int end = 0;
        while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
            end++;
        }
        return path.substring(0, end);
    }

    private static boolean isAgainstMaxTokens(Finding finding) {
        return finding.path().equals("thinking.budget_tokens") && finding.rule().equals(ThinkingRules.BELOW_MAX.says());
    }
}
