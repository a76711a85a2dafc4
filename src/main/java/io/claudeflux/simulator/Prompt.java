package io.claudeflux.simulator;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a request body says, as far as an answer depends on it. */
final class Prompt {

    /** Members whose text is no text to the model. */
    private static final Set<String> NOT_READ = Set.of("data", "role", "type");

    private Prompt() {}

    /** The text of the last message of the user; empty when it holds none. */
    static String lastUserText(Map<String, ?> body) {
        if (!(body.get("messages") instanceof List<?> messages)) {
            return "";
        }
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (messages.get(i) instanceof Map<?, ?> message && "user".equals(message.get("role"))) {
                return text(message.get("content"));
            }
        }
        return "";
    }

    private static String text(@Nullable Object content) {
        if (content instanceof String text) {
            return text;
        }
        if (!(content instanceof List<?> blocks)) {
            return "";
        }
        return blocks.stream()
                .filter(block -> block instanceof Map<?, ?> fields && fields.get("text") instanceof String)
                .map(block -> String.valueOf(((Map<?, ?>) block).get("text")))
                .collect(Collectors.joining("\n"));
    }

    /** Estimated tokens of everything the model would read, at least one; encoded files count nothing. */
    static int tokens(Map<String, ?> body) {
        long characters =
                characters(body.get("system")) + characters(body.get("messages")) + characters(body.get("tools"));
        return Math.max(1, TextPieces.tokens(characters));
    }

    private static long characters(@Nullable Object value) {
        if (value instanceof String text) {
            return text.length();
        }
        if (value instanceof Collection<?> items) {
            return items.stream().mapToLong(Prompt::characters).sum();
        }
        if (value instanceof Map<?, ?> fields) {
            return fields.entrySet().stream()
                    .filter(field -> !NOT_READ.contains(String.valueOf(field.getKey())))
                    .mapToLong(field -> characters(field.getValue()))
                    .sum();
        }
        return 0;
    }
}
