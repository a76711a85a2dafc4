package io.claudeflux.internal.json;

import io.claudeflux.message.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Cuts a JSON text into the texts of its parts: no tree, and every part exactly as it was written. */
final class Slices {
    private Slices() {}

    /** The members of an object, in their order; a repeated name keeps its last value. */
    static Map<String, Json> members(String text) {
        try (JsonParser parser = JsonFormat.parser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                parser.skipChildren();
                requireEnd(parser);
                throw new MalformedJsonException("not a JSON object");
            }
            Map<String, Json> members = new LinkedHashMap<>();
            String name;
            while ((name = parser.nextName()) != null) {
                parser.nextToken();
                members.put(name, slice(parser, text));
            }
            requireEnd(parser);
            return members;
        }
    }

    static List<Json> elements(String text) {
        try (JsonParser parser = JsonFormat.parser(text)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new MalformedJsonException("not a JSON array");
            }
            List<Json> elements = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(slice(parser, text));
            }
            requireEnd(parser);
            return Collections.unmodifiableList(elements);
        }
    }

    /** Passes over one whole value and whatever should not follow it. */
    static void check(String text) {
        try (JsonParser parser = JsonFormat.parser(text)) {
            if (parser.nextToken() == null) {
                throw new MalformedJsonException("no JSON at all");
            }
            parser.skipChildren();
            // Strings are read lazily: a broken one shows only when it is finished.
            parser.finishToken();
            requireEnd(parser);
        }
    }

    /** The value of a JSON string; null if the text is not one string and nothing else. */
    static @Nullable String string(String text) {
        try (JsonParser parser = JsonFormat.parser(text)) {
            String value = parser.nextToken() == JsonToken.VALUE_STRING ? parser.getString() : null;
            return parser.nextToken() == null ? value : null;
        }
    }

    private static Json slice(JsonParser parser, String text) {
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        parser.finishToken();
        int end = (int) parser.currentLocation().getCharOffset();
        return Json.trusted(text.substring(start, end));
    }

    private static void requireEnd(JsonParser parser) {
        if (parser.nextToken() != null) {
            throw new MalformedJsonException("more than one JSON value");
        }
    }
}
