package io.claudeflux.internal.preflight;

import io.claudeflux.error.Finding.Severity;
import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.DocumentBlock;
import io.claudeflux.message.Json;
import io.claudeflux.message.SearchResultBlock;
import io.claudeflux.message.TextBlock;
import io.claudeflux.message.UnknownBlock;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What depends on the version of the API: sampling, documents of the assistant, citations of the user. */
final class VersionRules {
    /** Binary fractions, written out, have many digits. */
    private static final int MAX_NUMBER = 1_000;

    private static final BigDecimal LEAST_TOP_P = new BigDecimal("0.99");

    private static final Rule SAMPLING = new Rule(
            "2026-10-21 has no temperature, top_p and top_k",
            "leave it out, and steer by the prompt or by output_config.effort; or ask with version 2023-06-01",
            Rule.VERSIONS);
    private static final Rule RANGE =
            new Rule("the value is a number from 0 to 1", "use such a number", Rule.REFERENCE);
    private static final Rule FIXED = new Rule(
            "models newer than Opus 4.6 take temperature 1, top_p from 0.99 on, and no top_k",
            "leave it out",
            "parameter docs of the official SDK (TypeScript 0.137)");
    private static final Rule DOCUMENT = new Rule(
            "2026-10-21 takes no document directly in an assistant turn",
            "move it to a user turn or into a tool result",
            Rule.VERSIONS);
    private static final Rule CITATIONS = new Rule(
            "2026-10-21 takes no text with citations in a user turn", "send the text without them", Rule.VERSIONS);

    private VersionRules() {}

    static void check(Inspected inspected, Findings findings) {
        Severity removed = inspected.terms().removedIn20261021();
        for (String name : List.of("temperature", "top_p", "top_k")) {
            Json value = inspected.extra(name);
            if (removed != null && inspected.extra().containsKey(name)) {
                findings.add(value == null ? Severity.WARNING : removed, name, "is set", SAMPLING);
            } else if (value != null) {
                sampling(name, value, inspected, findings);
            }
        }
        if (removed == null) {
            return;
        }
        for (Turn turn : inspected.turns()) {
            for (Block block : turn.blocks()) {
                if (turn.isAssistant() && block.isType(DocumentBlock.TYPE)) {
                    findings.add(removed, block.path(), "is a document in an assistant turn", DOCUMENT);
                } else if (turn.isUser() && hasCitations(block.content())) {
                    findings.add(removed, block.path(), "is text with citations in a user turn", CITATIONS);
                }
            }
        }
    }

    private static void sampling(String name, Json value, Inspected inspected, Findings findings) {
        BigDecimal number = number(value);
        boolean isTopK = name.equals("top_k");
        if (!isTopK && (number == null || number.signum() < 0 || number.compareTo(BigDecimal.ONE) > 0)) {
            String problem = number == null ? "is no number" : "is " + Findings.shown(value.text());
            // Gateways speak this protocol for models of others, which may go up to 2.
            String model = inspected.request().model().toLowerCase(Locale.ROOT);
            boolean isOthers = !model.isBlank() && !model.contains("claude");
            findings.add(isOthers ? Severity.WARNING : inspected.terms().wrongIn20230601(), name, problem, RANGE);
            return;
        }
        BigDecimal least = name.equals("temperature") ? BigDecimal.ONE : LEAST_TOP_P;
        if (KnownModels.isNewerThanOpus46(inspected.request().model())
                && (isTopK || (number != null && number.compareTo(least) < 0))) {
            findings.warn(name, "is set, and the model is newer", FIXED);
        }
    }

    /** Null if it is none, or one that nobody means. */
    static @Nullable BigDecimal number(Json value) {
        if (value.text().length() > MAX_NUMBER) {
            return null;
        }
        try {
            BigDecimal number = new BigDecimal(value.text().strip());
            return Math.abs(number.scale()) > MAX_NUMBER ? null : number;
        } catch (NumberFormatException noNumber) {
            return null;
        }
    }

    private static boolean hasCitations(ContentBlock block) {
        if (block instanceof TextBlock text) {
            return !text.citations().isEmpty();
        }
        if (block instanceof SearchResultBlock result) {
            return result.content().stream().anyMatch(VersionRules::hasCitations);
        }
        if (!(block instanceof UnknownBlock unknown) || !unknown.type().equals(SearchResultBlock.TYPE)) {
            return false;
        }
        Json content = Inspected.value(unknown.raw().members(), "content");
        return content != null && content.elements().stream().map(Json::members).anyMatch(VersionRules::holdsCitations);
    }

    private static boolean holdsCitations(Map<String, Json> text) {
        Json citations = Inspected.value(text, "citations");
        return citations != null && !citations.elements().isEmpty();
    }
}
