package io.claudeflux.internal.preflight;

/** The body as a whole. */
final class SizeRules {
    private static final Rule LIMIT = new Rule(
            "a body is no larger than its endpoint takes: 32 MB for messages",
            "upload large files first, or send less of the conversation",
            "API overview, request size limits");
    private static final Rule UTF_8 = new Rule(
            "a body is JSON in UTF-8", "cut strings between characters, not within one", "RFC 8259, section 8.1");

    private SizeRules() {}

    static void tooLarge(int bytes, int limit, Findings findings) {
        findings.refuse("$", "has " + bytes + " bytes, and " + limit + " are allowed", LIMIT);
    }

    static void unwritable(String problem, Findings findings) {
        findings.refuse("$", problem, UTF_8);
    }
}
