package io.claudeflux.bench;

import io.claudeflux.stream.ContentBlockDelta;
import io.claudeflux.stream.Delta;
import io.claudeflux.stream.InputJsonDelta;
import io.claudeflux.stream.SignatureDelta;
import io.claudeflux.stream.TextDelta;
import io.claudeflux.stream.ThinkingDelta;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Deltas out of JSON with nothing but Jackson, trusting that they are what they seem to be: bounds to compare with. */
final class JacksonAlone {
    private final JsonMapper mapper = JsonMapper.builder().build();
    private final JsonFactory factory = mapper.tokenStreamFactory();

    /** One pass over the tokens. */
    @Nullable Object pull(byte[] json, int length) {
        int index = -1;
        Delta delta = null;
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), json, 0, length)) {
            parser.nextToken();
            String name;
            while ((name = parser.nextName()) != null) {
                JsonToken token = parser.nextToken();
                if (name.equals("index")) {
                    index = parser.getIntValue();
                } else if (token == JsonToken.START_OBJECT) {
                    delta = delta(parser);
                }
            }
        }
        return delta == null ? null : new ContentBlockDelta(index, delta);
    }

    private static @Nullable Delta delta(JsonParser parser) {
        String type = "";
        String value = "";
        String name;
        while ((name = parser.nextName()) != null) {
            parser.nextToken();
            if (name.equals("type")) {
                type = parser.getString();
            } else if (parser.currentToken() == JsonToken.VALUE_STRING) {
                value = parser.getString();
            }
        }
        return delta(type, value);
    }

    /** A tree of nodes, and out of it what is wanted. */
    @Nullable Object tree(byte[] json, int length) {
        JsonNode event = mapper.readTree(json, 0, length);
        JsonNode node = event.path("delta");
        Delta delta = switch (node.path("type").asString()) {
            case TextDelta.TYPE -> delta(TextDelta.TYPE, node.path("text").asString());
            case InputJsonDelta.TYPE ->
                delta(InputJsonDelta.TYPE, node.path("partial_json").asString());
            case ThinkingDelta.TYPE ->
                delta(ThinkingDelta.TYPE, node.path("thinking").asString());
            case SignatureDelta.TYPE ->
                delta(SignatureDelta.TYPE, node.path("signature").asString());
            default -> null;
        };
        return new ContentBlockDelta(event.path("index").asInt(), Objects.requireNonNull(delta));
    }

    private static @Nullable Delta delta(String type, String value) {
        return switch (type) {
            case TextDelta.TYPE -> new TextDelta(value);
            case InputJsonDelta.TYPE -> new InputJsonDelta(value);
            case ThinkingDelta.TYPE -> new ThinkingDelta(value);
            case SignatureDelta.TYPE -> new SignatureDelta(value);
            default -> null;
        };
    }
}
