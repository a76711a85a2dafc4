package io.claudeflux.simulator;

import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.Json;
import io.claudeflux.message.StreamedInput;
import io.claudeflux.message.TextBlock;
import io.claudeflux.message.ThinkingBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One answer with everything filled in: what {@link AnswerStream} cuts into events, and what is sent whole when no
 * stream is asked for. Both come from the same members, so that a stream folds into exactly the message that
 * {@link #json()} gives.
 *
 * @param id the message id
 * @param model the model that "served" it
 * @param blocks the blocks, every tool call with an id
 * @param stop why it ended
 * @param usage what it cost, nothing left null
 */
record AnswerMessage(String id, String model, List<Block> blocks, Stop stop, Content.TokenCounts usage) {

    /** Stop reason and stop sequence. */
    record Stop(String reason, @Nullable String sequence) {}

    static AnswerMessage of(Content.Answer answer, SimulatedRequest request, Ids ids) {
        List<Block> blocks = new ArrayList<>();
        for (Block block : answer.blocks()) {
            blocks.add(block instanceof Block.ToolUse tool && tool.id() == null ? tool.withId(ids.toolUse()) : block);
        }
        Stop stop = new Stop(answer.effectiveStopReason(), answer.stopSequence());
        return new AnswerMessage(ids.message(), request.model(), blocks, stop, counted(answer, request));
    }

    private static Content.TokenCounts counted(Content.Answer answer, SimulatedRequest request) {
        Content.TokenCounts given = answer.usage();
        long characters = characters(answer.blocks());
        return new Content.TokenCounts(
                Objects.requireNonNullElseGet(given.input(), request::estimatedInputTokens),
                Objects.requireNonNullElseGet(given.output(), () -> TextPieces.tokens(characters)),
                given.cacheCreated(),
                given.cacheRead());
    }

    /** How long the content is, in the characters that a model generates. */
    long characters() {
        return characters(blocks);
    }

    private static long characters(List<Block> blocks) {
        return blocks.stream().mapToLong(AnswerMessage::characters).sum();
    }

    private static long characters(Block block) {
        if (block instanceof Block.Text text) {
            return text.text().length();
        }
        if (block instanceof Block.Thinking thinking) {
            return thinking.thinking().length();
        }
        if (block instanceof Block.ToolUse tool) {
            return (tool.name() + tool.input()).length();
        }
        return ((Json) whole(block)).text().length();
    }

    int inputTokens() {
        return Objects.requireNonNull(usage.input(), "input");
    }

    int outputTokens() {
        return Objects.requireNonNull(usage.output(), "output");
    }

    /** The whole message, as without {@code stream}. */
    Json json() {
        List<Object> content = new ArrayList<>();
        blocks.forEach(block -> content.add(whole(block)));
        Map<String, @Nullable Object> message = head(content, outputTokens());
        message.putAll(stopFields());
        return Json.of(message);
    }

    /** The message of {@code message_start}: no content, no stop reason, and a first guess at the output. */
    Map<String, @Nullable Object> start() {
        return head(List.of(), Math.min(1, outputTokens()));
    }

    /** The {@code delta} of {@code message_delta}. */
    Map<String, @Nullable Object> stopFields() {
        Map<String, @Nullable Object> refusal = Fields.of("type", "refusal", "category", null, "explanation", null);
        return Fields.of(
                "stop_reason", stop.reason(),
                "stop_sequence", stop.sequence(),
                "stop_details", stop.reason().equals("refusal") ? refusal : null);
    }

    /** The {@code usage} of {@code message_delta}: totals, not increments. */
    Map<String, @Nullable Object> totals() {
        return Fields.of(
                "input_tokens", inputTokens(),
                "cache_creation_input_tokens", usage.cacheCreated(),
                "cache_read_input_tokens", usage.cacheRead(),
                "output_tokens", outputTokens());
    }

    private Map<String, @Nullable Object> head(List<Object> content, int outputSoFar) {
        Map<String, @Nullable Object> counts = totals();
        counts.put("output_tokens", outputSoFar);
        counts.put(
                "cache_creation",
                Fields.of("ephemeral_5m_input_tokens", usage.cacheCreated(), "ephemeral_1h_input_tokens", 0));
        counts.put("service_tier", "standard");
        return Fields.of(
                "id",
                id,
                "type",
                "message",
                "role",
                "assistant",
                "model",
                model,
                "content",
                content,
                "stop_reason",
                null,
                "stop_sequence",
                null,
                "stop_details",
                null,
                "usage",
                counts);
    }

    private static Object whole(Block block) {
        if (block instanceof Block.Text text) {
            return Fields.of("type", "text", "text", text.text());
        }
        if (block instanceof Block.Thinking thinking) {
            return Fields.of("type", "thinking", "thinking", thinking.thinking(), "signature", thinking.signature());
        }
        if (block instanceof Block.ToolUse tool) {
            return toolUse(tool, input(tool.input()));
        }
        if (block instanceof Block.Typed typed) {
            return Json.of(typed.block());
        }
        return ((Block.Complete) block).json();
    }

    /** The block of {@code content_block_start}: as it is before the first delta. */
    static Object empty(Block block) {
        if (block instanceof Block.Text) {
            return Fields.of("type", "text", "text", "");
        }
        if (block instanceof Block.Thinking) {
            return Fields.of("type", "thinking", "thinking", "", "signature", "");
        }
        if (block instanceof Block.ToolUse tool) {
            return toolUse(tool, Json.emptyObject());
        }
        if (block instanceof Block.Typed typed) {
            return Json.of(begun(typed.block()));
        }
        return ((Block.Complete) block).json();
    }

    private static ContentBlock begun(ContentBlock block) {
        if (block instanceof TextBlock text) {
            return new TextBlock("", List.of(), text.cacheControl(), text.extra());
        }
        if (block instanceof ThinkingBlock thinking) {
            return new ThinkingBlock("", "", thinking.extra());
        }
        return block instanceof StreamedInput call ? call.withInput(Json.emptyObject(), null) : block;
    }

    private static Object toolUse(Block.ToolUse tool, Json input) {
        return Fields.of(
                "type", "tool_use",
                "id", tool.id(),
                "name", tool.name(),
                "input", input,
                "caller", Fields.of("type", "direct"));
    }

    private static Json input(String text) {
        try {
            Json input = Json.parse(text);
            return input.isObject() ? input : Json.emptyObject();
        } catch (IllegalArgumentException cutShort) {
            return Json.emptyObject();
        }
    }
}
