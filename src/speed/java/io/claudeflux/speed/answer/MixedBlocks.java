package io.claudeflux.speed.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * An answer that thinks, speaks and calls a tool: a quarter, a half and a quarter of its events. One event in twenty is
 * a ping.
 */
final class MixedBlocks {
    private MixedBlocks() {}

    static List<Answer.Part> of(AnswerName name) {
        int quarter = name.events() / 4;
        return List.of(
                Answer.Part.once(SseText.START
                        + SseText.blockStart(0, "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}")),
                chunks(0, "thinking_delta", "thinking", name).part(quarter),
                Answer.Part.once(SseText.delta(0, "{\"type\":\"signature_delta\",\"signature\":\"EqQBCgIYAhIM\"}")
                        + SseText.blockStop(0)
                        + SseText.blockStart(1, "{\"type\":\"text\",\"text\":\"\"}")),
                chunks(1, "text_delta", "text", name).part(2 * quarter),
                Answer.Part.once(SseText.blockStop(1)
                        + SseText.blockStart(
                                2, "{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"write\",\"input\":{}}")
                        + input("{\\\"text\\\":\\\"")),
                inputChunks(name).part(quarter),
                Answer.Part.once(input("\\\"}") + SseText.blockStop(2) + SseText.end("tool_use", name.events())));
    }

    private static TextChunks chunks(int index, String type, String field, AnswerName name) {
        return TextChunks.of(
                SseText.TEXTS,
                pinging(text -> SseText.delta(index, "{\"type\":\"" + type + "\",\"" + field + "\":\"" + text + "\"}")),
                name.perChunk());
    }

    /** A string within a string: what is escaped in it is escaped twice. */
    private static TextChunks inputChunks(AnswerName name) {
        List<String> texts = new ArrayList<>();
        SseText.TEXTS.forEach(text -> texts.add(text.replace("\\", "\\\\").replace("\\\\\"", "\\\\\\\"")));
        return TextChunks.of(texts, pinging(MixedBlocks::input), name.perChunk());
    }

    private static UnaryOperator<String> pinging(UnaryOperator<String> event) {
        return text -> text.startsWith(" who had") ? SseText.PING : event.apply(text);
    }

    private static String input(String json) {
        return SseText.delta(2, "{\"type\":\"input_json_delta\",\"partial_json\":\"" + json + "\"}");
    }
}
