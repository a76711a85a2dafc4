package io.claudeflux.simulator;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the API checks before it asks a model, in its order and close to its words: key, version, then the body, field
 * by field, up to the first complaint. Fields it does not know are let through: betas bring new ones.
 */
final class Validation {

    /** The version that did away with the sampling parameters. */
    private static final String WITHOUT_SAMPLING = "2026-10-21";

    private static final Set<String> VERSIONS = Set.of("2023-06-01", WITHOUT_SAMPLING);

    private static final Pattern WITHOUT_PREFILL =
            Pattern.compile("claude-(?:(?:fable|mythos)|(?:haiku|sonnet|opus)-(?:[5-9]|4-[6-9])).*");

    private final @Nullable String expectedKey;

    /** Any key that is not blank will do, unless one is expected. */
    Validation(@Nullable String expectedKey) {
        this.expectedKey = expectedKey;
    }

    /** Key and version, which every endpoint wants. */
    void checkHeaders(SimulatedRequest request) {
        Optional<String> key = request.header("x-api-key");
        Optional<String> token = request.header("authorization")
                .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(value -> value.substring(7).trim());
        if (key.isEmpty() && token.isEmpty()) {
            throw new Rejection(ErrorEnvelope.of(401).withMessage("x-api-key header is required"));
        }
        String secret = key.or(() -> token).orElse("");
        if (secret.isBlank() || (expectedKey != null && !expectedKey.equals(secret))) {
            String message = key.isPresent() ? "invalid x-api-key" : "Invalid bearer token";
            throw new Rejection(ErrorEnvelope.of(401).withMessage(message));
        }
        String version = request.header("anthropic-version")
                .orElseThrow(() -> Rejection.invalid("anthropic-version: header is required"));
        if (!VERSIONS.contains(version)) {
            throw Rejection.invalid("anthropic-version: \"" + version + "\" is not a valid version");
        }
    }

    /** The body of a message request. */
    void checkMessage(SimulatedRequest request) {
        Map<String, ?> body = object(request);
        checkModel(body);
        long maxTokens = integer(body, "max_tokens", 0);
        checkMessages(body);
        checkPrefill(body);
        if (body.get("stream") != null && !(body.get("stream") instanceof Boolean)) {
            throw Rejection.invalid("stream: Input should be a valid boolean");
        }
        checkSampling(body, request.header("anthropic-version").orElse(""));
        // Thinking between tool calls has the whole turn for its budget, and a turn may take many answers.
        boolean isInterleaved = request.header("anthropic-beta")
                .filter(betas -> betas.contains("interleaved-thinking-"))
                .isPresent();
        checkThinking(body, isInterleaved ? Long.MAX_VALUE : maxTokens);
    }

    /** The body of a token count, which is a message request without a limit. */
    void checkCount(SimulatedRequest request) {
        Map<String, ?> body = object(request);
        checkModel(body);
        checkMessages(body);
    }

    private static Map<String, ?> object(SimulatedRequest request) {
        try {
            if (request.body().isObject() && !request.bodyText().isBlank()) {
                return request.body().toMap();
            }
        } catch (IllegalStateException notJson) {
            throw Rejection.invalid("The request body is not valid JSON");
        }
        throw Rejection.invalid("Input should be a valid dictionary");
    }

    private static void checkModel(Map<String, ?> body) {
        if (!(required(body, "model", "model") instanceof String model)) {
            throw Rejection.invalid("model: Input should be a valid string");
        }
        if (model.isEmpty()) {
            throw Rejection.invalid("model: String should have at least 1 character");
        }
    }

    private static Object required(Map<?, ?> fields, String name, String path) {
        Object value = fields.get(name);
        if (value == null) {
            throw Rejection.invalid(path + ": Field required");
        }
        return value;
    }

    private static long integer(Map<String, ?> body, String name, long least) {
        Object value = required(body, name, name);
        if (!(value instanceof Integer) && !(value instanceof Long)) {
            throw Rejection.invalid(name + ": Input should be a valid integer");
        }
        long number = ((Number) value).longValue();
        if (number < least) {
            throw Rejection.invalid(name + ": Input should be greater than or equal to " + least);
        }
        return number;
    }

    private static void checkMessages(Map<String, ?> body) {
        if (!(required(body, "messages", "messages") instanceof List<?> messages)) {
            throw Rejection.invalid("messages: Input should be a valid list");
        }
        if (messages.isEmpty()) {
            throw Rejection.invalid("messages: at least one message is required");
        }
        for (int i = 0; i < messages.size(); i++) {
            checkTurn(messages.get(i), "messages." + i);
        }
    }

    private static void checkTurn(@Nullable Object message, String path) {
        if (!(message instanceof Map<?, ?> fields)) {
            throw Rejection.invalid(path + ": Input should be a valid dictionary");
        }
        Object role = required(fields, "role", path + ".role");
        if (!Set.<Object>of("user", "assistant", "system").contains(role)) {
            throw Rejection.invalid(path + ".role: Input should be 'user', 'assistant' or 'system'");
        }
        Object content = required(fields, "content", path + ".content");
        if (content instanceof List<?> blocks) {
            for (int i = 0; i < blocks.size(); i++) {
                checkBlock(blocks.get(i), path + ".content." + i);
            }
        } else if (!(content instanceof String)) {
            throw Rejection.invalid(path + ".content: Input should be a valid string or list");
        } else if (content.equals("") && !role.equals("assistant")) {
            throw Rejection.invalid(path + ": " + role + " messages must have non-empty content");
        }
    }

    private static void checkBlock(@Nullable Object block, String path) {
        if (!(block instanceof Map<?, ?> fields)) {
            throw Rejection.invalid(path + ": Input should be a valid dictionary");
        }
        Object type = required(fields, "type", path + ".type");
        String needed = Objects.requireNonNullElse(NEEDED_BY_TYPE.get(type), "type");
        required(fields, needed, path + "." + type + "." + needed);
        if (type.equals("text") && "".equals(fields.get("text"))) {
            throw Rejection.invalid("messages: text content blocks must be non-empty");
        }
    }

    private static final Map<Object, String> NEEDED_BY_TYPE = Map.of(
            "text", "text",
            "image", "source",
            "document", "source",
            "thinking", "signature",
            "redacted_thinking", "data",
            "tool_use", "id",
            "tool_result", "tool_use_id");

    /**
     * An answer begun for the model is a text at the end; a turn paused by a server tool ends otherwise and may be sent
     * back.
     */
    private static void checkPrefill(Map<String, ?> body) {
        List<?> messages = (List<?>) required(body, "messages", "messages");
        Map<?, ?> last = (Map<?, ?>) messages.get(messages.size() - 1);
        Object end = last.get("content");
        if (end instanceof List<?> blocks && !blocks.isEmpty()) {
            end = blocks.get(blocks.size() - 1);
        }
        boolean isText = end instanceof String || (end instanceof Map<?, ?> block && "text".equals(block.get("type")));
        String model = String.valueOf(body.get("model"));
        if ("assistant".equals(last.get("role"))
                && isText
                && WITHOUT_PREFILL.matcher(model).matches()) {
            throw Rejection.invalid("Prefilling assistant messages is not supported for this model.");
        }
    }

    private static void checkSampling(Map<String, ?> body, String version) {
        for (String name : List.of("temperature", "top_p", "top_k")) {
            if (version.equals(WITHOUT_SAMPLING) && body.containsKey(name)) {
                throw Rejection.invalid(name + ": Extra inputs are not permitted");
            }
        }
        if (body.get("temperature") instanceof Number temperature
                && !(temperature.doubleValue() >= 0 && temperature.doubleValue() <= 1)) {
            throw Rejection.invalid("temperature: Input should be between 0 and 1");
        }
    }

    private static void checkThinking(Map<String, ?> body, long maxTokens) {
        if (!(body.get("thinking") instanceof Map<?, ?> thinking) || !"enabled".equals(thinking.get("type"))) {
            return;
        }
        Object budget = required(thinking, "budget_tokens", "thinking.enabled.budget_tokens");
        if (!(budget instanceof Number tokens) || tokens.longValue() < 1024) {
            throw Rejection.invalid("thinking.enabled.budget_tokens: Input should be greater than or equal to 1024");
        }
        if (tokens.longValue() >= maxTokens) {
            throw Rejection.invalid("`max_tokens` must be greater than `thinking.budget_tokens`");
        }
    }
}
