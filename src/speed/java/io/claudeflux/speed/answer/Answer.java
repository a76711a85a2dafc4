package io.claudeflux.speed.answer;

import java.util.List;

/**
 * An answer as the events that it is made of, in the order of the wire: legal for every client, with a usage and a stop
 * reason. What repeats is there once.
 *
 * @param name which one
 * @param parts what the body consists of
 */
public record Answer(AnswerName name, List<Part> parts) {
    /**
     * HTTP chunks that come so many times, one after another.
     *
     * @param chunks the text of each
     * @param times how often all of them come
     */
    public record Part(List<String> chunks, int times) {
        static Part once(String chunk) {
            return new Part(List.of(chunk), 1);
        }
    }

    /**
     * Makes the answer of that name; those with stamps are made while they are sent, and have only their frame here.
     */
    public static Answer of(AnswerName name) {
        return new Answer(
                name,
                switch (name.kind()) {
                    case TEXT -> text(name, TextChunks.of(SseText.TEXTS, SseText::textDelta, name.perChunk()));
                    case SIZED -> text(name, TextChunks.sized(name.bytes()));
                    case MIXED -> MixedBlocks.of(name);
                    case PACED, FIRST -> text(name, new TextChunks(List.of(), 1));
                });
    }

    private static List<Part> text(AnswerName name, TextChunks chunks) {
        return List.of(
                Part.once(SseText.START + SseText.blockStart(0, "{\"type\":\"text\",\"text\":\"\"}") + SseText.PING),
                chunks.part(name.events()),
                Part.once(SseText.blockStop(0) + SseText.end("end_turn", name.events())));
    }

    /** What comes ahead of the events that are counted, for an answer whose events have stamps. */
    public String opening() {
        return parts.get(0).chunks().get(0);
    }

    /** What comes behind them. */
    public String closing() {
        return parts.get(parts.size() - 1).chunks().get(0);
    }
}
