package io.claudeflux.speed.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.claudeflux.speed.answer.Answer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a client must have got when a stream is over: a benchmark that loses events is worth nothing.
 *
 * @param bytes of the body
 * @param texts deltas with text, thinking or a piece of a tool's input
 * @param chars of all of them
 */
record Expected(long bytes, long texts, long chars) {
    private static final String DATA = "data: ";

    static Expected of(Answer answer) {
        Expected all = new Expected(0, 0, 0);
        for (Answer.Part part : answer.parts()) {
            Expected one = of(String.join("", part.chunks()));
            all = new Expected(
                    all.bytes + one.bytes * part.times(),
                    all.texts + one.texts * part.times(),
                    all.chars + one.chars * part.times());
        }
        return all;
    }

    private static Expected of(String chunk) {
        long texts = 0;
        long chars = 0;
        for (String line : chunk.split("\n", -1)) {
            JsonNode delta = line.startsWith(DATA)
                    ? JsonMapper.shared()
                            .readTree(line.substring(DATA.length()))
                            .path("delta")
                    : JsonMapper.shared().missingNode();
            for (String field : new String[] {"text", "thinking", "partial_json"}) {
                if (delta.has(field)) {
                    texts++;
                    chars += delta.path(field).asString().length();
                }
            }
        }
        return new Expected(chunk.getBytes(UTF_8).length, texts, chars);
    }
}
