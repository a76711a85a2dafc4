package io.claudeflux.internal.json;

import io.claudeflux.message.Json;
import java.io.StringWriter;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** Values that are written without data binding: text, JSON, types of this library, and maps of them. */
final class DirectJson {
    /** Deeper maps are an application's own, and one may hold itself. */
    private static final int DEPTH = 2;

    private DirectJson() {}

    /** Null for what needs data binding. */
    static @Nullable String write(@Nullable Object value) {
        if (!isDirect(value, DEPTH)) {
            return null;
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JsonFormat.FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            write(out, value);
        }
        return text.toString();
    }

    private static boolean isDirect(@Nullable Object value, int depth) {
        if (value instanceof Map<?, ?> map) {
            // An application's own class of maps may have annotations.
            return depth > 0
                    && map.getClass().getName().startsWith("java.util.")
                    && map.keySet().stream().allMatch(String.class::isInstance)
                    && map.values().stream().allMatch(member -> isDirect(member, depth - 1));
        }
        return value == null || value instanceof String || value instanceof Json || Vocabulary.writer(value) != null;
    }

    private static void write(JsonGenerator out, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            out.writeStartObject();
            map.forEach((name, member) -> write(out.writeName((String) name), member));
            out.writeEndObject();
        } else if (value instanceof Json json) {
            Members.raw(out, json);
        } else {
            BiConsumer<JsonGenerator, Object> ours =
                    value == null || value instanceof String ? null : Vocabulary.writer(value);
            if (ours == null) {
                out.writeString((String) value);
            } else {
                ours.accept(out, value);
            }
        }
    }
}
