package io.claudeflux.internal.json;

import io.claudeflux.stream.ContentBlockDelta;
import io.claudeflux.stream.Delta;
import io.claudeflux.stream.InputJsonDelta;
import io.claudeflux.stream.SignatureDelta;
import io.claudeflux.stream.TextDelta;
import io.claudeflux.stream.ThinkingDelta;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The short way for the deltas that nearly every event is: one pass, no intermediate values.
 *
 * <p>Reads <code>{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"…"}}</code> and its three
 * siblings, members in any order. At the first surprise — another event, a field it does not know, a value of another
 * kind, broken JSON — it gives up and says nothing; {@link Events} then reads the event from the start and judges it.
 */
final class HotDelta {
    private int index = -1;
    private boolean isBlockDelta;
    private @Nullable Delta delta;

    private HotDelta() {}

    static @Nullable ContentBlockDelta read(String data) {
        try (JsonParser parser = JsonFormat.parser(data)) {
            return new HotDelta().event(parser);
        } catch (JacksonException broken) {
            return null;
        }
    }

    private @Nullable ContentBlockDelta event(JsonParser parser) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return null;
        }
        String name;
        while ((name = parser.nextName()) != null) {
            if (!member(name, parser)) {
                return null;
            }
        }
        boolean whole = parser.nextToken() == null && isBlockDelta && index >= 0;
        return whole && delta != null ? new ContentBlockDelta(index, delta) : null;
    }

    private boolean member(String name, JsonParser parser) {
        JsonToken token = parser.nextToken();
        if (name.equals("type")) {
            isBlockDelta = token == JsonToken.VALUE_STRING && parser.getString().equals(ContentBlockDelta.TYPE);
        } else if (name.equals("index")) {
            index = token == JsonToken.VALUE_NUMBER_INT ? parser.getIntValue() : -1;
        } else if (name.equals("delta")) {
            delta = token == JsonToken.START_OBJECT ? delta(parser) : null;
        } else {
            return false;
        }
        return true;
    }

    private static @Nullable Delta delta(JsonParser parser) {
        String type = null;
        String field = null;
        String value = null;
        String name;
        while ((name = parser.nextName()) != null) {
            if (parser.nextToken() != JsonToken.VALUE_STRING) {
                return null;
            }
            if (name.equals("type") && type == null) {
                type = parser.getString();
            } else if (field == null) {
                field = name;
                value = parser.getString();
            } else {
                return null;
            }
        }
        return type == null || field == null || value == null ? null : delta(type, field, value);
    }

    private static @Nullable Delta delta(String type, String field, String value) {
        return switch (type) {
            case TextDelta.TYPE -> field.equals("text") ? new TextDelta(value) : null;
            case InputJsonDelta.TYPE -> field.equals("partial_json") ? new InputJsonDelta(value) : null;
            case ThinkingDelta.TYPE -> field.equals("thinking") ? new ThinkingDelta(value) : null;
            case SignatureDelta.TYPE -> field.equals("signature") ? new SignatureDelta(value) : null;
            default -> null;
        };
    }
}
