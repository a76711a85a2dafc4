package io.claudeflux.internal.sse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decodes a whole stream at once, sentence by sentence as the WHATWG standard says it, with no care for speed. */
final class SseOracle {

    private final List<SseFrame> frames = new ArrayList<>();
    private StringBuilder data = new StringBuilder();
    private String event = "";
    private String lastEventId = "";
    private @Nullable Duration retry;

    private SseOracle() {}

    static Decoded decode(byte[] stream) {
        String text = new String(stream, UTF_8);
        if (text.startsWith("\uFEFF")) {
            text = text.substring(1);
        }
        SseOracle oracle = new SseOracle();
        String[] lines = text.split("\r\n|\n|\r", -1);
        for (int i = 0; i < lines.length - 1; i++) {
            oracle.line(lines[i]);
        }
        List<SseFrame> dispatched = List.copyOf(oracle.frames);
        // Beyond the standard: what the stream broke off in, as if the line and the block had been ended.
        String rest = lines[lines.length - 1];
        if (!rest.isEmpty()) {
            oracle.line(rest);
        }
        oracle.line("");
        SseFrame unfinished = oracle.frames.size() > dispatched.size() ? oracle.frames.get(dispatched.size()) : null;
        return new Decoded(dispatched, unfinished, Optional.ofNullable(oracle.retry));
    }

    private void line(String line) {
        int colon = line.indexOf(':');
        if (line.isEmpty()) {
            dispatch();
        } else if (colon < 0) {
            field(line, "");
        } else if (colon > 0) {
            String value = line.substring(colon + 1);
            field(line.substring(0, colon), value.startsWith(" ") ? value.substring(1) : value);
        }
    }

    private void field(String name, String value) {
        switch (name) {
            case "event" -> event = value;
            case "data" -> data.append(value).append('\n');
            case "id" -> lastEventId = value.indexOf('\0') < 0 ? value : lastEventId;
            case "retry" -> retry(value);
            default -> {}
        }
    }

    private void retry(String value) {
        if (value.matches("[0-9]+") && new BigInteger(value).bitLength() < Long.SIZE) {
            retry = Duration.ofMillis(Long.parseLong(value));
        }
    }

    private void dispatch() {
        if (!data.isEmpty()) {
            frames.add(new SseFrame(event, data.substring(0, data.length() - 1), lastEventId));
        }
        data = new StringBuilder();
        event = "";
    }
}
