package io.claudeflux.internal.preflight;

import io.claudeflux.error.Finding.Severity;
import io.claudeflux.message.Json;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.OutputConfig;
import io.claudeflux.message.OutputFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields beside the conversation and the tools. */
final class FieldRules {
    private static final int MAX_MESSAGES = 100_000;

    private static final Rule MODEL = new Rule("model is required", "name a model", Rule.REFERENCE);
    private static final Rule MAX_TOKENS = new Rule(
            "max_tokens is 0 or more; 0 generates nothing and only warms the prompt cache",
            "set it to the longest answer you want, in tokens",
            Rule.TYPES);
    private static final Rule NO_MESSAGES =
            new Rule("there is at least one message", "add a user turn", Rule.REFERENCE);
    private static final Rule MANY_MESSAGES =
            new Rule("there are at most 100,000 messages", "sum up or leave out older turns", Rule.TYPES);
    private static final Rule STOP_SEQUENCE =
            new Rule("a stop sequence is not empty", "leave the empty one out", Rule.OBSERVED);
    private static final Rule BLANK_STOP_SEQUENCE =
            new Rule("a stop sequence is more than white space", "use a text that can be seen", Rule.OBSERVED);
    private static final Rule WORDS = new Rule(
            "the value is one of those that the API lists",
            "use one of them, if this one is not newer than this library",
            Rule.TYPES);
    private static final Rule FORMAT = new Rule(
            "output_config.format is {\"type\": \"json_schema\", \"schema\": a JSON schema}",
            "use OutputConfig.jsonSchema(schema)",
            Rule.TYPES);

    private FieldRules() {}

    static void check(Inspected inspected, Findings findings) {
        MessageRequest request = inspected.request();
        if (request.model().isBlank()) {
            findings.refuse("model", request.model().isEmpty() ? "is empty" : "is blank", MODEL);
        }
        if (request.maxTokens() < 0) {
            findings.refuse("max_tokens", "is " + request.maxTokens(), MAX_TOKENS);
        }
        int turns = request.messages().size();
        if (turns == 0) {
            // A conversation that the server keeps may have nothing new in it, and be asked for a summary.
            findings.add(
                    inspected.isContinued() ? Severity.WARNING : Severity.REFUSED, "messages", "is empty", NO_MESSAGES);
        } else if (turns > MAX_MESSAGES) {
            findings.refuse("messages", "has " + turns + " entries", MANY_MESSAGES);
        }
        stopSequences(request.stopSequences(), findings);
        word("service_tier", request.serviceTier(), Set.of("auto", "standard_only"), findings);
        word("speed", request.speed(), Set.of("standard", "fast"), findings);
        OutputConfig output = request.outputConfig();
        if (output != null) {
            word("output_config.effort", output.effort(), Set.of("low", "medium", "high", "xhigh", "max"), findings);
            format(output.format(), findings);
        }
    }

    private static void stopSequences(List<String> sequences, Findings findings) {
        for (int i = 0; i < sequences.size(); i++) {
            String path = "stop_sequences[" + i + "]";
            if (sequences.get(i).isEmpty()) {
                findings.refuse(path, "is empty", STOP_SEQUENCE);
            } else if (sequences.get(i).isBlank()) {
                findings.warn(path, "is white space", BLANK_STOP_SEQUENCE);
            }
        }
    }

    private static void word(String path, @Nullable Object word, Set<String> known, Findings findings) {
        if (word != null && !known.contains(word.toString())) {
            findings.warn(path, "is " + Findings.shown(word.toString()), WORDS);
        }
    }

    private static void format(@Nullable OutputFormat format, Findings findings) {
        String path = "output_config.format";
        if (format instanceof OutputFormat.JsonSchemaFormat form) {
            if (!form.schema().isObject()) {
                findings.refuse(path + ".schema", "is no object", FORMAT);
            }
        } else if (format instanceof OutputFormat.UnknownOutputFormat unknown) {
            unknown(path, unknown.raw(), findings);
        }
    }

    private static void unknown(String path, Json format, Findings findings) {
        if (format.isNull()) {
            return;
        }
        if (!format.isObject()) {
            findings.refuse(path, "is no object", FORMAT);
            return;
        }
        var members = format.members();
        String type = Inspected.word(members, "type");
        if (type == null) {
            findings.refuse(path + ".type", "is missing", FORMAT);
        } else if (!type.equals("json_schema")) {
            findings.warn(path + ".type", "is " + Findings.shown(type), FORMAT);
        } else {
            Json schema = Inspected.value(members, "schema");
            if (schema == null || !schema.isObject()) {
                findings.refuse(path + ".schema", schema == null ? "is missing" : "is no object", FORMAT);
            }
        }
    }
}
