package io.claudeflux.speed.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * HTTP chunks that hold a round of events, to be sent again and again.
 *
 * @param chunks the chunks of one round
 * @param events how many events are in them
 */
record TextChunks(List<String> chunks, int events) {
    private static final int WRITE = 64 << 10;

    /** As many rounds of these events as fill whole chunks of so many. */
    static TextChunks of(List<String> texts, UnaryOperator<String> event, int perChunk) {
        int events = perChunk > texts.size() ? perChunk : texts.size();
        if (events % perChunk != 0) {
            throw new IllegalArgumentException("20 events make no whole chunks of " + perChunk);
        }
        List<String> chunks = new ArrayList<>();
        StringBuilder chunk = new StringBuilder();
        for (int i = 0; i < events; i++) {
            chunk.append(event.apply(texts.get(i % texts.size())));
            if ((i + 1) % perChunk == 0) {
                chunks.add(chunk.toString());
                chunk.setLength(0);
            }
        }
        return new TextChunks(List.copyOf(chunks), events);
    }

    /** Events of one size in chunks of about 64 KiB: several in a chunk, or one in several. */
    static TextChunks sized(int bytes) {
        int frame = SseText.textDelta("").length();
        String event = SseText.textDelta("abcdefghi ".repeat(bytes / 10 + 1).substring(0, Math.max(1, bytes - frame)));
        if (event.length() <= WRITE) {
            int events = WRITE / event.length();
            return new TextChunks(List.of(event.repeat(events)), events);
        }
        List<String> chunks = new ArrayList<>();
        for (int at = 0; at < event.length(); at += WRITE) {
            chunks.add(event.substring(at, Math.min(event.length(), at + WRITE)));
        }
        return new TextChunks(List.copyOf(chunks), 1);
    }

    /** Enough rounds for so many events. */
    Answer.Part part(int wanted) {
        if (wanted % events != 0) {
            throw new IllegalArgumentException(wanted + " events are no whole rounds of " + events);
        }
        return new Answer.Part(chunks, wanted / events);
    }
}
