package io.claudeflux.internal.json;

import io.claudeflux.message.Json;
import java.util.function.BiConsumer;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/**
 * One type of objects, in both directions.
 *
 * @param name what it is called on the wire
 * @param type the record
 * @param read makes it of its members; a member that does not fit is malformed
 * @param write adds its members, all but {@code type}
 */
record Codec<T>(String name, Class<T> type, Function<Fields, T> read, BiConsumer<Members, T> write) {
    void writeMembers(Members out, Object value) {
        write.accept(out, type.cast(value));
    }

    /** Reads an object of this type alone; one of another is malformed. */
    T readOnly(Json json) {
        Fields fields = Fields.toTheLetter(json);
        if (!fields.string("type", "").equals(name)) {
            throw new MalformedJsonException("not a " + name);
        }
        return read.apply(fields);
    }

    void writeObject(JsonGenerator out, Object value) {
        Members members = Members.object(out).string("type", name);
        writeMembers(members, value);
        members.end();
    }
}
