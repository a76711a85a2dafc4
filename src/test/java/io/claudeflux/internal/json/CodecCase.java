package io.claudeflux.internal.json;

import io.claudeflux.message.Citation;
import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.Json;
import io.claudeflux.message.MediaSource;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageParam;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.Thinking;
import io.claudeflux.message.Tool;
import io.claudeflux.message.ToolChoice;
import io.claudeflux.message.Usage;
import io.claudeflux.stream.Delta;
import io.claudeflux.stream.StreamEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One value of the wire's vocabulary, from {@code src/test/resources/json/<group>.jsonc}.
 *
 * <p>A line {@code // Type: note} names what the JSON below it becomes and why it is there; a line {@code => json} says
 * what is written back where that is another form of the same meaning.
 *
 * @param group the file
 * @param type the simple name of the record it becomes
 * @param note why it is there
 * @param json the JSON
 * @param written the JSON that is written back
 */
record CodecCase(String group, String type, String note, Json json, Json written) {
    private static final Map<String, Class<?>> GROUPS = new LinkedHashMap<>();

    static {
        GROUPS.put("blocks", ContentBlock.class);
        GROUPS.put("citations", Citation.class);
        GROUPS.put("sources", MediaSource.class);
        GROUPS.put("tools", Tool.class);
        GROUPS.put("choices", ToolChoice.class);
        GROUPS.put("thinking", Thinking.class);
        GROUPS.put("usages", Usage.class);
        GROUPS.put("messages", Message.class);
        GROUPS.put("events", StreamEvent.class);
        GROUPS.put("deltas", Delta.class);
        GROUPS.put("requests", MessageRequest.class);
        GROUPS.put("turns", MessageParam.class);
    }

    static Stream<CodecCase> all() {
        return GROUPS.keySet().stream().flatMap(group -> group(group).stream());
    }

    /** The groups that the server sends, where any member may be missing or null. */
    static Stream<CodecCase> received() {
        return Stream.of("usages", "messages", "events", "deltas").flatMap(group -> group(group).stream());
    }

    static List<CodecCase> group(String group) {
        return Arrays.stream(resource(group).split("(?m)^// ", -1))
                .filter(part -> !part.isBlank())
                .map(part -> parse(group, part))
                .toList();
    }

    private static CodecCase parse(String group, String part) {
        int lineEnd = part.indexOf('\n');
        String[] head = part.substring(0, lineEnd).split(": ", 2);
        String[] bodies = part.substring(lineEnd + 1).split("(?m)^=> ", 2);
        Json json = Json.parse(bodies[0]);
        return new CodecCase(group, head[0], head[1], json, bodies.length > 1 ? Json.parse(bodies[1]) : json);
    }

    private static String resource(String group) {
        try (InputStream in = CodecCase.class.getResourceAsStream("/json/" + group + ".jsonc")) {
            if (in == null) {
                throw new IllegalStateException("no resource for " + group);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a JSON as what this case's group holds. */
    Object read(Json json) {
        Class<?> target = GROUPS.get(group);
        if (target == null) {
            throw new IllegalStateException("unknown group " + group);
        }
        return json.as(target);
    }

    /** All types that the cases are written for. */
    static List<Class<?>> vocabulary() {
        return List.copyOf(GROUPS.values());
    }

    @Override
    public String toString() {
        return group + ": " + type + ", " + note;
    }
}
