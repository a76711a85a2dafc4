package io.claudeflux.simulator;

import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.Json;
import io.claudeflux.message.StreamedInput;
import io.claudeflux.message.TextBlock;
import io.claudeflux.message.ThinkingBlock;
import reactor.core.publisher.Flux;

/**
 * An answer as its server-sent events, in the order the API keeps: {@code message_start (content_block_start
 * content_block_delta* content_block_stop)* message_delta message_stop}.
 *
 * <p>Cold, and made as it is asked for: an answer of any length costs one event at a time. Its output tokens are spread
 * over its deltas by their length; {@code message_delta} has what is left. Confined to one subscription.
 */
final class AnswerStream {

    private static final String DELTA = "event: content_block_delta\n";

    private final AnswerMessage message;
    private final long seed;
    private final long allCharacters;
    private long characters;
    private int tokens;

    private AnswerStream(AnswerMessage message, long seed) {
        this.message = message;
        this.seed = seed;
        this.allCharacters = Math.max(1, message.characters());
    }

    static Flux<Piece> of(AnswerMessage message, long seed) {
        return Flux.defer(() -> new AnswerStream(message, seed).pieces());
    }

    /** Whether this is the event that a model needs time for. */
    static boolean isDelta(String event) {
        return event.startsWith(DELTA);
    }

    private Flux<Piece> pieces() {
        return Flux.concat(
                Flux.just(free("message_start", "message", message.start())),
                Flux.range(0, message.blocks().size())
                        .concatMap(index -> block(index, message.blocks().get(index)), 1),
                Flux.defer(() -> Flux.just(
                        new Piece(
                                Fields.event("message_delta", "delta", message.stopFields(), "usage", message.totals()),
                                message.outputTokens() - tokens),
                        free("message_stop"))));
    }

    private static Piece free(String name, Object... fields) {
        return Piece.free(Fields.event(name, fields));
    }

    private Flux<Piece> block(int index, Block block) {
        return Flux.concat(
                Flux.just(free("content_block_start", "index", index, "content_block", AnswerMessage.empty(block))),
                deltas(index, block),
                Flux.just(free("content_block_stop", "index", index)));
    }

    private Flux<Piece> deltas(int index, Block block) {
        if (block instanceof Block.Text text) {
            return text.deltas().isEmpty()
                    ? text(index, text.text())
                    : Flux.fromIterable(text.deltas()).map(part -> delta(index, "text_delta", "text", part));
        }
        if (block instanceof Block.Thinking thinking) {
            return thinking(index, thinking.thinking(), thinking.signature());
        }
        if (block instanceof Block.ToolUse tool) {
            return input(index, tool.input());
        }
        return block instanceof Block.Typed typed ? deltas(index, typed.block()) : Flux.empty();
    }

    private Flux<Piece> deltas(int index, ContentBlock block) {
        if (block instanceof TextBlock text) {
            return Flux.fromIterable(text.citations())
                    .map(citation -> Piece.free(event(index, "citations_delta", "citation", Json.of(citation))))
                    .concatWith(text(index, text.text()));
        }
        if (block instanceof ThinkingBlock thinking) {
            return thinking(index, thinking.thinking(), thinking.signature());
        }
        if (block instanceof StreamedInput call) {
            String malformed = call.malformedText();
            return input(index, malformed == null ? call.input().text() : malformed);
        }
        return Flux.empty();
    }

    private Flux<Piece> text(int index, String text) {
        return Flux.fromIterable(TextPieces.words(text, seed + index))
                .map(part -> delta(index, "text_delta", "text", part));
    }

    private Flux<Piece> thinking(int index, String thinking, String signature) {
        return Flux.fromIterable(TextPieces.words(thinking, seed + index))
                .map(part -> delta(index, "thinking_delta", "thinking", part))
                .concatWith(Flux.just(Piece.free(event(index, "signature_delta", "signature", signature))));
    }

    private Flux<Piece> input(int index, String input) {
        return Flux.concat(Flux.just(""), Flux.fromIterable(TextPieces.fragments(input, seed + index)))
                .map(part -> delta(index, "input_json_delta", "partial_json", part));
    }

    private Piece delta(int index, String type, String field, String part) {
        characters += part.length();
        int before = tokens;
        tokens = (int) (message.outputTokens() * characters / allCharacters);
        return new Piece(event(index, type, field, part), tokens - before);
    }

    private static String event(int index, String type, String field, Object part) {
        return Fields.event("content_block_delta", "index", index, "delta", Fields.of("type", type, field, part));
    }
}
