package io.claudeflux.internal.preflight;

import io.claudeflux.message.Json;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.Thinking;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether and how the model thinks. */
final class ThinkingRules {
    private static final int LEAST = 1_024;
    private static final Set<String> THINKS = Set.of("enabled", "adaptive");
    private static final Set<String> KNOWN = Set.of("enabled", "disabled", "adaptive", "between_tools");

    private static final Rule BUDGET =
            new Rule("thinking.budget_tokens is 1,024 or more", "raise it, or turn thinking off", Rule.TYPES);
    static final Rule BELOW_MAX = new Rule(
            "thinking.budget_tokens is less than max_tokens, since thinking counts as output",
            "raise max_tokens or lower the budget",
            Rule.TYPES);
    private static final Rule TYPE =
            new Rule("thinking.type is one of those that the API lists", "use one of Thinking's factories", Rule.TYPES);
    private static final Rule FORCED = new Rule(
            "with thinking, tool_choice is auto or none", "let the model choose, or turn thinking off", Rule.THINKING);
    private static final Rule TEMPERATURE =
            new Rule("with thinking, temperature is 1 or not set", "leave it out", Rule.THINKING);
    private static final Rule DEPRECATED = new Rule(
            "on this model, thinking with a budget is deprecated",
            "use Thinking.adaptive() and output_config.effort",
            "warnings of the official SDKs");

    private ThinkingRules() {}

    static void check(Inspected inspected, Findings findings) {
        MessageRequest request = inspected.request();
        Thinking thinking = request.thinking();
        if (thinking == null) {
            return;
        }
        String type = thinking.type();
        if (type.equals("enabled")) {
            budget(thinking, inspected, findings);
            if (KnownModels.isThinkingBudgetDeprecated(request.model())) {
                findings.warn("thinking.type", "is \"enabled\" with " + request.model(), DEPRECATED);
            }
        } else if (!KNOWN.contains(type)) {
            findings.warn("thinking.type", "is " + Findings.shown(type), TYPE);
        }
        if (!THINKS.contains(type)) {
            return;
        }
        if (request.toolChoice() != null && ToolRules.isForced(request.toolChoice())) {
            String problem = "is " + Findings.shown(request.toolChoice().type()) + ", and the model thinks";
            findings.warn("tool_choice", problem, FORCED);
        }
        Json temperature = inspected.extra("temperature");
        BigDecimal number = temperature == null ? null : VersionRules.number(temperature);
        if (number != null && number.compareTo(BigDecimal.ONE) != 0) {
            findings.warn("temperature", "is set, and the model thinks", TEMPERATURE);
        }
    }

    private static void budget(Thinking thinking, Inspected inspected, Findings findings) {
        String path = "thinking.budget_tokens";
        BigDecimal budget = budget(thinking);
        if (budget == null) {
            findings.refuse(path, "is missing or no number", BUDGET);
            return;
        }
        String problem = "is " + budget.toPlainString();
        if (budget.compareTo(BigDecimal.valueOf(LEAST)) < 0) {
            findings.refuse(path, problem, BUDGET);
        }
        int max = inspected.request().maxTokens();
        if (max < 0 || budget.compareTo(BigDecimal.valueOf(max)) < 0) {
            return;
        }
        // Thinking between tool calls has the whole turn for its budget, and a turn may take many answers.
        if (!inspected.terms().hasBeta("interleaved-thinking-")) {
            problem += ", and max_tokens " + max;
            if (max == 0) {
                findings.warn(path, problem, BELOW_MAX);
            } else {
                findings.refuse(path, problem, BELOW_MAX);
            }
        }
    }

    private static @Nullable BigDecimal budget(Thinking thinking) {
        if (thinking instanceof Thinking.Enabled enabled) {
            return BigDecimal.valueOf(enabled.budgetTokens());
        }
        Map<String, Json> members = thinking instanceof Thinking.UnknownThinking unknown
                ? unknown.raw().members()
                : Map.of();
        Json budget = Inspected.value(members, "budget_tokens");
        return budget == null ? null : VersionRules.number(budget);
    }
}
