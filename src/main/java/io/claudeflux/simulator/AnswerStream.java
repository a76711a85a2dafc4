package io.claudeflux.simulator;

import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;

/**
 * An answer as the text of its server-sent events, in the order the API keeps: {@code message_start
 * (content_block_start content_block_delta* content_block_stop)* message_delta message_stop}.
 *
 * <p>Cold, and made as it is asked for: an answer of any length costs one event at a time.
 */
final class AnswerStream {

    private static final String DELTA = "event: content_block_delta\n";

    private AnswerStream() {}

    /** Whether this is the event that a model needs time for. */
    static boolean isDelta(String event) {
        return event.startsWith(DELTA);
    }

    static Flux<String> of(AnswerMessage message, long seed) {
        return Flux.concat(
                Flux.just(Fields.event("message_start", "message", message.start())),
                Flux.range(0, message.blocks().size())
                        .concatMap(index -> block(index, message.blocks().get(index), seed + index), 1),
                Flux.just(
                        Fields.event("message_delta", "delta", message.stopFields(), "usage", message.totals()),
                        Fields.event("message_stop")));
    }

    private static Flux<String> block(int index, Block block, long seed) {
        return Flux.concat(
                Flux.just(Fields.event(
                        "content_block_start", "index", index, "content_block", AnswerMessage.empty(block))),
                deltas(block, seed).map(delta -> Fields.event("content_block_delta", "index", index, "delta", delta)),
                Flux.just(Fields.event("content_block_stop", "index", index)));
    }

    private static Flux<Map<String, ?>> deltas(Block block, long seed) {
        if (block instanceof Block.Text text) {
            Iterable<String> pieces = text.deltas().isEmpty() ? TextPieces.words(text.text(), seed) : text.deltas();
            return deltas("text_delta", "text", pieces);
        }
        if (block instanceof Block.Thinking thinking) {
            return deltas("thinking_delta", "thinking", TextPieces.words(thinking.thinking(), seed))
                    .concatWith(deltas("signature_delta", "signature", List.of(thinking.signature())));
        }
        if (block instanceof Block.ToolUse tool) {
            return deltas("input_json_delta", "partial_json", List.of(""))
                    .concatWith(deltas("input_json_delta", "partial_json", TextPieces.fragments(tool.input(), seed)));
        }
        return Flux.empty();
    }

    private static Flux<Map<String, ?>> deltas(String type, String field, Iterable<String> pieces) {
        return Flux.fromIterable(pieces).map(piece -> Fields.of("type", type, field, piece));
    }
}
