package io.claudeflux.speed.client;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.function.Consumer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Bytes to texts: lines that begin with {@code data}, and of their JSON the member {@code delta.text}. */
final class TextLines {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int DATA = "data: ".length();

    private final Consumer<String> texts;
    private byte[] bytes = new byte[64 << 10];
    private int length;

    TextLines(Consumer<String> texts) {
        this.texts = texts;
    }

    void take(ByteBuf chunk) {
        int added = chunk.readableBytes();
        if (length + added > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + added));
        }
        chunk.readBytes(bytes, length, added);
        int start = 0;
        int end = length + added;
        for (int i = length; i < end; i++) {
            if (bytes[i] == '\n') {
                line(start, i - start);
                start = i + 1;
            }
        }
        length = end - start;
        System.arraycopy(bytes, start, bytes, 0, length);
    }

    private void line(int start, int size) {
        if (size > DATA && bytes[start] == 'd') {
            try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes, start + DATA, size - DATA)) {
                parser.nextToken();
                members(parser);
            }
        }
    }

    private void members(JsonParser parser) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean isDelta = "delta".equals(parser.currentName());
            parser.nextToken();
            if (isDelta) {
                delta(parser);
            } else {
                parser.skipChildren();
            }
        }
    }

    private void delta(JsonParser parser) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean isText = "text".equals(parser.currentName());
            parser.nextToken();
            if (isText) {
                texts.accept(parser.getString());
            } else {
                parser.skipChildren();
            }
        }
    }
}
