package io.claudeflux.internal.preflight;

import io.claudeflux.message.Json;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.OutputConfig;
import io.claudeflux.message.Thinking;
import io.claudeflux.message.ThinkingDisplay;
import io.claudeflux.message.Tool;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fields of beta features without the header that turns the feature on. The API refuses them as extra inputs, but a
 * beta becomes a part of the API without a new version of it, as files, skills and structured outputs did: so these
 * warn.
 */
final class BetaRules {
    private static final String SOURCE = "beta types of the official SDKs (TypeScript 1.11.0, Java 3.11.0)";

    private static final List<Feature> FIELDS = List.of(
            new Feature("thread", "message-threads-2026-08-12", "message-threads-"),
            new Feature("compaction", "compact-2026-09-04", "compact-"),
            new Feature("context_management", "context-management-2025-06-27", "context-management-", "compact-"),
            new Feature("fallbacks", "server-side-fallback-2026-07-01", "server-side-fallback-"),
            new Feature("fallback_credit_token", "fallback-credit-2026-07-01", "fallback-credit-"),
            new Feature("mcp_servers", "mcp-client-2025-11-20", "mcp-client-"),
            new Feature("billing_policy", "user-profiles-billing-2026-10-01", "user-profiles-billing-"),
            new Feature("output_format", "structured-outputs-2025-11-13", "structured-outputs-"));
    private static final List<Feature> TOOLS = List.of(
            new Feature("computer_20", "computer-use-2025-11-24", "computer-use-"),
            new Feature("bash_20241022", "computer-use-2024-10-22", "computer-use-"),
            new Feature("text_editor_20241022", "computer-use-2024-10-22", "computer-use-"),
            new Feature("advisor_", "advisor-tool-2026-03-01", "advisor-tool-"),
            new Feature("mcp_toolset", "mcp-client-2025-11-20", "mcp-client-"));
    private static final Feature TASK_BUDGET = new Feature("task_budget", "task-budgets-2026-03-13", "task-budgets-");
    private static final Feature BINDING =
            new Feature("block_binding", "thinking-binding-controls-2026-08-01", "thinking-binding-controls-");
    private static final Feature UPDATES =
            new Feature("updates", "thinking-display-updates-2026-08-18", "thinking-display-updates-");
    private static final Feature CLEAR_AT =
            new Feature("clear_at", "mid-conversation-system-clear-at-2026-08-21", "mid-conversation-system-clear-at-");
    private static final Feature TURN_OUTPUT = new Feature(
            "output_config", "mid-conversation-output-config-2026-07-01", "mid-conversation-output-config-");
    private static final Feature TOOL_CHANGES = new Feature(
            "tool_addition",
            "mid-conversation-tool-changes-2026-07-01",
            "mid-conversation-tool-changes-",
            "inline-tools-");

    private static final Rule TOGETHER = new Rule(
            "some features exclude each other: compaction and context_management, fallbacks and fallback_credit_token",
            "use one of them",
            SOURCE);

    private BetaRules() {}

    /** What a beta brings, and by which header. */
    private record Feature(String name, String header, List<String> stems) {
        Feature(String name, String header, String... stems) {
            this(name, header, List.of(stems));
        }

        void check(String path, Inspected inspected, Findings findings) {
            if (stems.stream().noneMatch(inspected.terms()::hasBeta)) {
                Rule rule = new Rule(
                        "it is a beta that the header anthropic-beta turns on, unless it has become a part of the API",
                        "add beta(\"" + header + "\")",
                        SOURCE);
                findings.warn(path, "is set without its beta", rule);
            }
        }
    }

    static void check(Inspected inspected, Findings findings) {
        for (Feature feature : FIELDS) {
            if (inspected.extra(feature.name()) != null) {
                feature.check(feature.name(), inspected, findings);
            }
        }
        together("compaction", "context_management", inspected, findings);
        together("fallbacks", "fallback_credit_token", inspected, findings);
        MessageRequest request = inspected.request();
        OutputConfig output = request.outputConfig();
        if (output != null && Inspected.value(output.extra().members(), TASK_BUDGET.name()) != null) {
            TASK_BUDGET.check("output_config.task_budget", inspected, findings);
        }
        tools(inspected, findings);
        thinking(inspected, findings);
        inspected.turns().stream().filter(Turn::isSystem).forEach(turn -> system(turn, inspected, findings));
    }

    private static void together(String one, String other, Inspected inspected, Findings findings) {
        if (inspected.extra(one) != null && inspected.extra(other) != null) {
            findings.warn(one, "is set beside " + other, TOGETHER);
        }
    }

    private static void tools(Inspected inspected, Findings findings) {
        List<Tool> tools = inspected.request().tools();
        for (int i = 0; i < tools.size(); i++) {
            for (Feature feature : TOOLS) {
                if (tools.get(i).type().startsWith(feature.name())) {
                    feature.check("tools[" + i + "].type", inspected, findings);
                }
            }
        }
    }

    private static void thinking(Inspected inspected, Findings findings) {
        Thinking thinking = inspected.request().thinking();
        ThinkingDisplay display = null;
        if (thinking instanceof Thinking.Enabled enabled) {
            display = enabled.display();
        } else if (thinking instanceof Thinking.Adaptive adaptive) {
            display = adaptive.display();
        } else if (thinking instanceof Thinking.UnknownThinking unknown) {
            Map<String, Json> members = unknown.raw().members();
            display = display(members);
            if (Inspected.value(members, BINDING.name()) != null) {
                BINDING.check("thinking.block_binding", inspected, findings);
            }
        }
        if (ThinkingDisplay.UPDATES.equals(display)) {
            UPDATES.check("thinking.display", inspected, findings);
        }
    }

    private static @Nullable ThinkingDisplay display(Map<String, Json> thinking) {
        String word = Inspected.word(thinking, "display");
        return word == null ? null : ThinkingDisplay.of(word);
    }

    private static void system(Turn turn, Inspected inspected, Findings findings) {
        Map<String, Json> extra = turn.param().extra().members();
        for (Feature feature : List.of(CLEAR_AT, TURN_OUTPUT)) {
            if (Inspected.value(extra, feature.name()) != null) {
                feature.check(turn.path() + "." + feature.name(), inspected, findings);
            }
        }
        for (Block block : turn.blocks()) {
            if (block.isType("tool_addition") || block.isType("tool_removal")) {
                TOOL_CHANGES.check(block.path("type"), inspected, findings);
            }
        }
    }
}
