package io.claudeflux.speed.answer;

import java.util.List;

/** The events of an answer as they are on the wire. Texts are given as they stand in JSON. */
final class SseText {
    static final String PING = event("ping", "{\"type\":\"ping\"}");
    static final String START = event(
            "message_start",
            "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\","
                    + "\"model\":\"claude-sonnet-5-5\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,"
                    + "\"usage\":{\"input_tokens\":12,\"cache_creation_input_tokens\":0,"
                    + "\"cache_read_input_tokens\":0,\"output_tokens\":1}}}");

    /**
     * Twenty pieces of text of 20 characters on average, as a model writes them: three of them have what a fast path
     * may stumble over, which are an escaped line feed, an escaped quotation mark and letters beyond ASCII.
     */
    static final List<String> TEXTS = List.of(
            "The quick brown fox ",
            "jumps over the lazy ",
            "dog, and nobody ever ",
            "asked it why.\\n\\nThen ",
            "it slept until noon ",
            "in the warm sunlight",
            " of a late September",
            ", dreaming of rivers",
            " and of open fields;",
            " of \\\"hares\\\" and such",
            ". When it woke up, a",
            " cold wind had come ",
            "from the caf\u00e9 \u2014 with ",
            "the smell of coffee,",
            " of bread and butter",
            ", and of rain before",
            " the evening. It was",
            " time to go home and",
            " to tell the others,",
            " who had been there.");

    private SseText() {}

    static String event(String name, String data) {
        return "event: " + name + "\ndata: " + data + "\n\n";
    }

    static String blockStart(int index, String block) {
        return event(
                "content_block_start",
                "{\"type\":\"content_block_start\",\"index\":" + index + ",\"content_block\":" + block + "}");
    }

    static String delta(int index, String delta) {
        return event(
                "content_block_delta",
                "{\"type\":\"content_block_delta\",\"index\":" + index + ",\"delta\":" + delta + "}");
    }

    static String textDelta(String text) {
        return delta(0, "{\"type\":\"text_delta\",\"text\":\"" + text + "\"}");
    }

    static String blockStop(int index) {
        return event("content_block_stop", "{\"type\":\"content_block_stop\",\"index\":" + index + "}");
    }

    static String end(String stopReason, int tokens) {
        return event(
                        "message_delta",
                        "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"" + stopReason
                                + "\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":" + tokens + "}}")
                + event("message_stop", "{\"type\":\"message_stop\"}");
    }
}
