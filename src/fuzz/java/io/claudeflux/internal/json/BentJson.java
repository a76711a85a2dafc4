package io.claudeflux.internal.json;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;

/** JSON of the API with a few values exchanged for what does not belong there. */
final class BentJson {
    private static final int MOST_BENDS = 4;
    private static final String[] ODD = {
        "null",
        "true",
        "0",
        "-1",
        "1.5",
        "1e999999999",
        "1e99999999999",
        "10e2147483647",
        "9".repeat(30),
        "\"\"",
        "\"text\"",
        "\"\\ud800\"",
        "\"\\u0000\"",
        "{}",
        "[]",
        "[null]",
        "[[]]",
        "{\"type\":null}",
        "{\"type\":\"text\"}",
        "{\"type\":\"tool_use\",\"input\":{}}",
        "{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"a\\\":\"}",
        "{\"type\":\"new\",\"a\":[1]}"
    };

    private BentJson() {}

    static String bend(FuzzedDataProvider data, String json) {
        String bent = json;
        for (int bends = data.consumeInt(0, MOST_BENDS); bends > 0; bends--) {
            bent = bendOnce(data, bent);
        }
        return bent;
    }

    /** Exchanges what stands behind a colon, or cuts the text open anywhere. */
    private static String bendOnce(FuzzedDataProvider data, String json) {
        int place = data.consumeInt(0, json.length());
        int colon = json.indexOf(':', place);
        if (colon < 0 || data.consumeInt(0, 9) == 0) {
            String raw = data.consumeString(20);
            return json.substring(0, place) + raw + json.substring(Math.min(json.length(), place + raw.length()));
        }
        String odd = data.consumeInt(0, 4) == 0 ? data.consumeAsciiString(12) : data.pickValue(ODD);
        return json.substring(0, colon + 1) + odd + json.substring(endOfValue(json, colon + 1));
    }

    private static int endOfValue(String json, int from) {
        int depth = 0;
        boolean isString = false;
        for (int i = from; i < json.length(); i++) {
            char c = json.charAt(i);
            if (isString) {
                i += c == '\\' ? 1 : 0;
                isString = c != '"';
            } else if (c == '"') {
                isString = true;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if ((c == '}' || c == ']' || c == ',') && depth == 0) {
                return i;
            } else if (c == '}' || c == ']') {
                depth--;
            }
        }
        return json.length();
    }
}
