package io.claudeflux.internal.json;

import io.claudeflux.message.CacheControl;
import io.claudeflux.message.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes the members of one object, leaving out what is null or empty, and {@code extra} as it came. */
final class Members {
    private final JsonGenerator out;
    private final Set<String> written = new HashSet<>();

    private Members(JsonGenerator out) {
        this.out = out;
    }

    /** Begins an object. */
    static Members object(JsonGenerator out) {
        out.writeStartObject();
        return new Members(out);
    }

    void end() {
        out.writeEndObject();
    }

    Members string(String name, @Nullable String value) {
        if (value != null) {
            name(name).writeString(value);
        }
        return this;
    }

    /** A string that is there even when it is null. */
    Members stringOrNull(String name, @Nullable String value) {
        name(name).writeString(value);
        return this;
    }

    /** A value of an open set, written as its word. */
    Members word(String name, @Nullable Object value) {
        return string(name, value == null ? null : value.toString());
    }

    Members number(String name, @Nullable Long value) {
        if (value != null) {
            name(name).writeNumber(value.longValue());
        }
        return this;
    }

    Members bool(String name, @Nullable Boolean value) {
        if (value != null) {
            name(name).writeBoolean(value);
        }
        return this;
    }

    Members json(String name, @Nullable Json value) {
        if (value != null) {
            raw(name(name), value);
        }
        return this;
    }

    <T> Members value(String name, @Nullable T value, BiConsumer<JsonGenerator, T> write) {
        if (value != null) {
            write.accept(name(name), value);
        }
        return this;
    }

    <T> Members list(String name, List<? extends T> values, BiConsumer<JsonGenerator, T> write) {
        if (!values.isEmpty()) {
            array(name(name), values, write);
        }
        return this;
    }

    /** An array that is there even when it is empty. */
    <T> Members array(String name, List<? extends T> values, BiConsumer<JsonGenerator, T> write) {
        array(name(name), values, write);
        return this;
    }

    Members cacheControl(@Nullable CacheControl control) {
        return value("cache_control", control, CacheControls::write);
    }

    Members strings(String name, List<String> values) {
        return list(name, values, JsonGenerator::writeString);
    }

    Members words(String name, List<?> values) {
        return strings(name, values.stream().map(Object::toString).toList());
    }

    /** What is there already does not come twice: a server may send under an unknown name what an object has. */
    Members rest(Json extra) {
        extra.members().forEach((name, value) -> {
            if (!written.contains(name)) {
                json(name, value);
            }
        });
        return this;
    }

    private JsonGenerator name(String name) {
        written.add(name);
        return out.writeName(name);
    }

    static <T> void array(JsonGenerator out, List<? extends T> values, BiConsumer<JsonGenerator, T> write) {
        out.writeStartArray();
        for (T value : values) {
            write.accept(out, value);
        }
        out.writeEndArray();
    }

    static void raw(JsonGenerator out, Json json) {
        out.writeRawValue(sendable(json.text()));
    }

    /**
     * JSON in which each half of a surrogate pair that stands alone is an escape, for it has no UTF-8 form: a model can
     * write one, and what it wrote must go back. Outside of strings there are none.
     */
    private static String sendable(String json) {
        int half = half(json, 0);
        if (half == json.length()) {
            return json;
        }
        StringBuilder sendable = new StringBuilder(json.length() + 16);
        int from = 0;
        for (; half < json.length(); half = half(json, from)) {
            sendable.append(json, from, half).append(String.format("\\u%04x", (int) json.charAt(half)));
            from = half + 1;
        }
        return sendable.append(json, from, json.length()).toString();
    }

    /** The index of the next half that stands alone; the length if there is none. */
    private static int half(String text, int from) {
        int i = from;
        while (i < text.length() && (!Character.isSurrogate(text.charAt(i)) || isPair(text, i))) {
            i += Character.charCount(text.codePointAt(i));
        }
        return i;
    }

    private static boolean isPair(String text, int at) {
        return Character.isSupplementaryCodePoint(text.codePointAt(at));
    }
}
