package io.claudeflux.internal.json;

import io.claudeflux.message.Json;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes the members of one object, leaving out what is null or empty, and {@code extra} as it came. */
final class Members {
    private final JsonGenerator out;

    private Members(JsonGenerator out) {
        this.out = out;
    }

    /** Writes an object whose members {@code body} adds. */
    static <T> void object(JsonGenerator out, T value, BiConsumer<Members, T> body) {
        out.writeStartObject();
        body.accept(new Members(out), value);
        out.writeEndObject();
    }

    Members string(String name, @Nullable String value) {
        if (value != null) {
            out.writeStringProperty(name, value);
        }
        return this;
    }

    /** A value of an open set, written as its word. */
    Members word(String name, @Nullable Object value) {
        return string(name, value == null ? null : value.toString());
    }

    Members number(String name, @Nullable Long value) {
        if (value != null) {
            out.writeNumberProperty(name, value.longValue());
        }
        return this;
    }

    Members bool(String name, @Nullable Boolean value) {
        if (value != null) {
            out.writeBooleanProperty(name, value);
        }
        return this;
    }

    Members json(String name, @Nullable Json value) {
        if (value != null) {
            out.writeName(name);
            out.writeRawValue(value.text());
        }
        return this;
    }

    <T> Members value(String name, @Nullable T value, BiConsumer<JsonGenerator, T> write) {
        if (value != null) {
            out.writeName(name);
            write.accept(out, value);
        }
        return this;
    }

    <T> Members list(String name, List<? extends T> values, BiConsumer<JsonGenerator, T> write) {
        if (!values.isEmpty()) {
            out.writeName(name);
            array(out, values, write);
        }
        return this;
    }

    Members strings(String name, List<String> values) {
        return list(name, values, JsonGenerator::writeString);
    }

    Members rest(Json extra) {
        extra.members().forEach(this::json);
        return this;
    }

    static <T> void array(JsonGenerator out, List<? extends T> values, BiConsumer<JsonGenerator, T> write) {
        out.writeStartArray();
        for (T value : values) {
            write.accept(out, value);
        }
        out.writeEndArray();
    }

    static void raw(JsonGenerator out, Json json) {
        out.writeRawValue(json.text());
    }
}
