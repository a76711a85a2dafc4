package io.claudeflux.internal.json;

import io.claudeflux.message.Json;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The members of a sealed type, told apart by the {@code type} of their JSON.
 *
 * <p>What has another type, and what has the type and does not fit it, becomes the unknown member, which keeps the JSON
 * as it came: no new form of anything breaks an answer, and all of it can be sent back. Only what is no object at all
 * is malformed.
 */
final class Union<U> {
    private final List<Supplier<List<Codec<? extends U>>>> families;
    private final BiFunction<String, Json, ? extends U> unknown;
    private final Function<U, @Nullable Json> raw;

    /**
     * The codecs and what there is beside them.
     *
     * @param unknown makes the unknown member of a type's name and the whole JSON
     * @param raw the JSON of an unknown member; null of any other
     */
    Union(
            List<Codec<? extends U>> codecs,
            BiFunction<String, Json, ? extends U> unknown,
            Function<U, @Nullable Json> raw) {
        this(unknown, raw, () -> codecs);
    }

    /**
     * The codecs in families, of which one is loaded when those before it lack a type: a first stream needs few.
     *
     * @param families the most frequent first
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // Only copied.
    Union(
            BiFunction<String, Json, ? extends U> unknown,
            Function<U, @Nullable Json> raw,
            Supplier<List<Codec<? extends U>>>... families) {
        this.families = List.of(families);
        this.unknown = unknown;
        this.raw = raw;
    }

    U read(Json json) {
        Fields fields = Fields.toTheLetter(json);
        Json word = fields.peek("type");
        String type = word == null ? "" : word.asString().orElse("");
        return read(json, fields.drop("type"), type, type);
    }

    /** Reads any JSON: what is no object is unknown, too. */
    U readAny(Json json) {
        return json.isObject() ? read(json) : unknown.apply("", json);
    }

    /**
     * Reads an object whose members were taken already.
     *
     * @param type what it is called
     * @param name what its codec is called
     */
    U read(Json json, Fields fields, String type, String name) {
        Codec<? extends U> codec = find(one -> one.name().equals(name));
        try {
            return codec == null ? unknown.apply(type, json) : codec.read().apply(fields);
        } catch (MalformedJsonException misfit) {
            return unknown.apply(type, json);
        }
    }

    void write(JsonGenerator out, U value) {
        Json unchanged = raw.apply(value);
        if (unchanged != null) {
            Members.raw(out, unchanged);
        } else {
            codec(value).writeObject(out, value);
        }
    }

    Codec<? extends U> codec(U value) {
        Codec<? extends U> codec = find(one -> one.type() == value.getClass());
        if (codec == null) {
            throw new IllegalStateException("no codec for " + value.getClass());
        }
        return codec;
    }

    private @Nullable Codec<? extends U> find(Predicate<Codec<? extends U>> wanted) {
        for (Supplier<List<Codec<? extends U>>> family : families) {
            for (Codec<? extends U> codec : family.get()) {
                if (wanted.test(codec)) {
                    return codec;
                }
            }
        }
        return null;
    }
}
