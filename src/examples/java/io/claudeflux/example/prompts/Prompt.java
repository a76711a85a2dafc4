package io.claudeflux.example.prompts;

import io.claudeflux.message.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * One line of the input.
 *
 * @param id its name in the output: the number of the line, if the line has no other
 * @param text what is asked
 */
record Prompt(String id, String text) {
    private static final String BOM = "\ufeff";

    /**
     * Reads a file, one line ahead of demand at most.
     *
     * @param file one prompt a line, blank lines apart
     * @return cold; reads on a thread that may block
     */
    static Flux<Prompt> read(Path file) {
        return Flux.using(() -> Files.newBufferedReader(file), reader -> Flux.fromStream(reader.lines()))
                .index((index, line) -> of(index + 1, line))
                .filter(prompt -> !prompt.text().isBlank())
                // Demand comes from event loops, and must not read files there.
                .subscribeOn(Schedulers.boundedElastic());
    }

    /** What is no JSON with a prompt is a prompt itself. */
    static Prompt of(long number, String raw) {
        // Some editors mark the beginning of a file.
        String line = raw.startsWith(BOM) ? raw.substring(1) : raw;
        if (line.stripLeading().startsWith("{")) {
            try {
                Json json = Json.parse(line);
                return json.get("prompt")
                        .flatMap(Json::asString)
                        .map(text -> new Prompt(id(json, number), text))
                        .orElseGet(() -> new Prompt(String.valueOf(number), line));
            } catch (IllegalArgumentException noJson) {
                return new Prompt(String.valueOf(number), line);
            }
        }
        return new Prompt(String.valueOf(number), line);
    }

    private static String id(Json json, long number) {
        return json.get("id")
                .filter(id -> !id.isNull())
                .map(id -> id.asString().orElseGet(id::text))
                .orElseGet(() -> String.valueOf(number));
    }

    /** Without the text. */
    @Override
    public String toString() {
        return "Prompt[" + id + "]";
    }
}
