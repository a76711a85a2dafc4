package io.claudeflux.example.prompts;

import io.claudeflux.error.ClaudeException;
import io.claudeflux.message.Json;
import io.claudeflux.message.Message;
import io.claudeflux.message.Usage;
import io.claudeflux.message.UsageReport;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a prompt.
 *
 * @param json a line of the output
 * @param isFailure whether there is no text in it
 */
record Answer(String json, boolean isFailure) {
    static Answer of(Prompt prompt, Message message, Duration took) {
        Map<String, Object> line = begin(prompt);
        line.put("text", message.text());
        line.put("model", message.model());
        return new Answer(end(line, message.usage(), took), false);
    }

    static Answer of(Prompt prompt, ClaudeException failure, Duration took) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("type", failure.getClass().getSimpleName());
        error.put("message", String.valueOf(failure.getMessage()));
        error.put("attempts", failure.attempts());
        Map<String, Object> line = begin(prompt);
        line.put("error", error);
        return new Answer(end(line, failure.usage().map(UsageReport::usage).orElse(null), took), true);
    }

    private static Map<String, Object> begin(Prompt prompt) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", prompt.id());
        return line;
    }

    private static String end(Map<String, Object> line, @Nullable Usage usage, Duration took) {
        if (usage != null) {
            line.put("usage", Map.of("input_tokens", usage.totalInputTokens(), "output_tokens", usage.outputTokens()));
        }
        line.put("ms", took.toMillis());
        return Json.of(line).text();
    }

    /** Without the text. */
    @Override
    public String toString() {
        return "Answer[" + (isFailure ? "failed" : "whole") + "]";
    }
}
