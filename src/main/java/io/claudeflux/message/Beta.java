package io.claudeflux.message;

import java.util.Objects;

/**
 * A beta feature of the API, turned on by its header.
 *
 * <p>An open set: the server may add values, and any string is accepted. Source: the header {@code anthropic-beta}.
 *
 * @param value the word on the wire
 */
public record Beta(String value) {
    /** Asking another model for advice. */
    public static final Beta ADVISOR_TOOL_2026_03_01 = new Beta("advisor-tool-2026-03-01");

    /** Reasons of cache misses; generally available since. */
    public static final Beta CACHE_DIAGNOSIS_2026_04_07 = new Beta("cache-diagnosis-2026-04-07");

    /** The first code execution tool. */
    public static final Beta CODE_EXECUTION_2025_05_22 = new Beta("code-execution-2025-05-22");

    /** Compaction as an edit of the context. */
    public static final Beta COMPACT_2026_01_12 = new Beta("compact-2026-01-12");

    /** Compaction on request. */
    public static final Beta COMPACT_2026_09_04 = new Beta("compact-2026-09-04");

    /** The first computer tool. */
    public static final Beta COMPUTER_USE_2024_10_22 = new Beta("computer-use-2024-10-22");

    /** The second computer tool. */
    public static final Beta COMPUTER_USE_2025_01_24 = new Beta("computer-use-2025-01-24");

    /** The third computer tool, which can zoom. */
    public static final Beta COMPUTER_USE_2025_11_24 = new Beta("computer-use-2025-11-24");

    /** A context window of a million tokens. */
    public static final Beta CONTEXT_1M_2025_08_07 = new Beta("context-1m-2025-08-07");

    /** Clearing tool uses and thinking from the context. */
    public static final Beta CONTEXT_MANAGEMENT_2025_06_27 = new Beta("context-management-2025-06-27");

    /** Thinking that is not summarised. */
    public static final Beta DEV_FULL_THINKING_2025_05_14 = new Beta("dev-full-thinking-2025-05-14");

    /** Cache entries of an hour; generally available since. */
    public static final Beta EXTENDED_CACHE_TTL_2025_04_11 = new Beta("extended-cache-ttl-2025-04-11");

    /** Credit for refused answers, first form. */
    public static final Beta FALLBACK_CREDIT_2026_06_01 = new Beta("fallback-credit-2026-06-01");

    /** Credit for refused answers. */
    public static final Beta FALLBACK_CREDIT_2026_07_01 = new Beta("fallback-credit-2026-07-01");

    /** Fast mode on models that need it. */
    public static final Beta FAST_MODE_2026_02_01 = new Beta("fast-mode-2026-02-01");

    /** Files; generally available since, this selects their old shapes. */
    public static final Beta FILES_API_2025_04_14 = new Beta("files-api-2025-04-14");

    /** Definitions of tools within the conversation. */
    public static final Beta INLINE_TOOLS_2026_09_15 = new Beta("inline-tools-2026-09-15");

    /** Thinking between tool calls. */
    public static final Beta INTERLEAVED_THINKING_2025_05_14 = new Beta("interleaved-thinking-2025-05-14");

    /** The first MCP connector. */
    public static final Beta MCP_CLIENT_2025_04_04 = new Beta("mcp-client-2025-04-04");

    /** The second MCP connector. */
    public static final Beta MCP_CLIENT_2025_11_20 = new Beta("mcp-client-2025-11-20");

    /** The MCP connector. */
    public static final Beta MCP_CLIENT_2026_09_15 = new Beta("mcp-client-2026-09-15");

    /** Batches; generally available since. */
    public static final Beta MESSAGE_BATCHES_2024_09_24 = new Beta("message-batches-2024-09-24");

    /** Conversations that the server keeps. */
    public static final Beta MESSAGE_THREADS_2026_08_12 = new Beta("message-threads-2026-08-12");

    /** Another effort from a turn on. */
    public static final Beta MID_CONVERSATION_OUTPUT_CONFIG_2026_07_01 =
            new Beta("mid-conversation-output-config-2026-07-01");

    /** System turns that vanish again. */
    public static final Beta MID_CONVERSATION_SYSTEM_CLEAR_AT_2026_08_21 =
            new Beta("mid-conversation-system-clear-at-2026-08-21");

    /** Tools that come and go within the conversation. */
    public static final Beta MID_CONVERSATION_TOOL_CHANGES_2026_07_01 =
            new Beta("mid-conversation-tool-changes-2026-07-01");

    /** A stop reason of its own for a full context window. */
    public static final Beta MODEL_CONTEXT_WINDOW_EXCEEDED_2025_08_26 =
            new Beta("model-context-window-exceeded-2025-08-26");

    /** Answers of up to 128,000 tokens. */
    public static final Beta OUTPUT_128K_2025_02_19 = new Beta("output-128k-2025-02-19");

    /** Answers of up to 300,000 tokens. */
    public static final Beta OUTPUT_300K_2026_03_24 = new Beta("output-300k-2026-03-24");

    /** PDF documents; generally available since. */
    public static final Beta PDFS_2024_09_25 = new Beta("pdfs-2024-09-25");

    /** Prompt caching; generally available since. */
    public static final Beta PROMPT_CACHING_2024_07_31 = new Beta("prompt-caching-2024-07-31");

    /** Other models for refused answers, first form. */
    public static final Beta SERVER_SIDE_FALLBACK_2026_06_01 = new Beta("server-side-fallback-2026-06-01");

    /** Other models for refused answers. */
    public static final Beta SERVER_SIDE_FALLBACK_2026_07_01 = new Beta("server-side-fallback-2026-07-01");

    /** Skills; generally available since, this selects their old shapes. */
    public static final Beta SKILLS_2025_10_02 = new Beta("skills-2025-10-02");

    /** Structured outputs under their old field. */
    public static final Beta STRUCTURED_OUTPUTS_2025_11_13 = new Beta("structured-outputs-2025-11-13");

    /** Budgets for a whole task. */
    public static final Beta TASK_BUDGETS_2026_03_13 = new Beta("task-budgets-2026-03-13");

    /** What happens to thinking of another conversation. */
    public static final Beta THINKING_BINDING_CONTROLS_2026_08_01 = new Beta("thinking-binding-controls-2026-08-01");

    /** Progress notes in place of thinking. */
    public static final Beta THINKING_DISPLAY_UPDATES_2026_08_18 = new Beta("thinking-display-updates-2026-08-18");

    /** Estimates of the tokens of thinking. */
    public static final Beta THINKING_TOKEN_COUNT_2026_05_13 = new Beta("thinking-token-count-2026-05-13");

    /** Token counting; generally available since. */
    public static final Beta TOKEN_COUNTING_2024_11_01 = new Beta("token-counting-2024-11-01");

    /** Shorter tool calls; of no use any more. */
    public static final Beta TOKEN_EFFICIENT_TOOLS_2025_02_19 = new Beta("token-efficient-tools-2025-02-19");

    /** User profiles, first form. */
    public static final Beta USER_PROFILES_2026_03_24 = new Beta("user-profiles-2026-03-24");

    /** User profiles, second form. */
    public static final Beta USER_PROFILES_2026_08_18 = new Beta("user-profiles-2026-08-18");

    /** User profiles, third form. */
    public static final Beta USER_PROFILES_2026_09_04 = new Beta("user-profiles-2026-09-04");

    /** Bills to user profiles. */
    public static final Beta USER_PROFILES_BILLING_2026_10_01 = new Beta("user-profiles-billing-2026-10-01");

    /**
     * Takes any word.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public Beta {
        Objects.requireNonNull(value, "value");
    }

    /**
     * The same as the constructor, for reading well at call sites.
     *
     * @param value the word on the wire
     * @return the value
     */
    public static Beta of(String value) {
        return new Beta(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
