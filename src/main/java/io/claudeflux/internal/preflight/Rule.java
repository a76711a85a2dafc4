package io.claudeflux.internal.preflight;

/**
 * One thing that the API asks of a request.
 *
 * @param says what it asks for
 * @param fix what to do about a request that is not so
 * @param source where it is written down, or how it became known
 */
record Rule(String says, String fix, String source) {
    static final String REFERENCE = "API reference, Create a Message";
    static final String TYPES = "parameter types of the official SDKs (TypeScript 1.11.0, Java 3.11.0)";
    static final String VERSIONS = "API versions, changes of 2026-10-21";
    static final String TOOL_USE = "guide to tool use, handling tool calls and their results";
    static final String THINKING = "guide to extended thinking";
    static final String CACHING = "guide to prompt caching";
    static final String OBSERVED = "error messages of the API, as users report them";
}
