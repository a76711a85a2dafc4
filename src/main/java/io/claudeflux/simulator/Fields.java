package io.claudeflux.simulator;

import io.claudeflux.message.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON objects written down in the order of the wire, null members included. */
final class Fields {

    private Fields() {}

    /** An object of alternating names and values; the map may be changed by the caller. */
    static Map<String, @Nullable Object> of(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return fields;
    }

    /** One server-sent event; its name and its {@code type} member are the same by construction. */
    static String event(String type, @Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> fields = Fields.of("type", type);
        fields.putAll(of(namesAndValues));
        return "event: " + type + "\ndata: " + Json.of(fields).text() + "\n\n";
    }
}
