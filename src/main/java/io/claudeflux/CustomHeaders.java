package io.claudeflux;

import io.claudeflux.error.ConfigurationException;
import io.claudeflux.internal.auth.Environment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Headers of every request from {@code ANTHROPIC_CUSTOM_HEADERS}: one a line, {@code Name: value}. */
final class CustomHeaders {
    private static final String VARIABLE = "ANTHROPIC_CUSTOM_HEADERS";

    private CustomHeaders() {}

    /** The headers, names in lower case; the last of those with one name. */
    static Map<String, String> of(Environment environment) {
        String text = environment.variable(VARIABLE);
        Map<String, String> headers = new LinkedHashMap<>();
        if (text == null) {
            return headers;
        }
        List<String> lines = List.of(text.split("\n", -1));
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).endsWith("\r")
                    ? lines.get(i).substring(0, lines.get(i).length() - 1)
                    : lines.get(i);
            if (!line.isBlank()) {
                headers.putAll(header(line, i + 1));
            }
        }
        return headers;
    }

    private static Map<String, String> header(String line, int number) {
        int colon = line.indexOf(':');
        if (colon < 0) {
            throw invalid(number, "has no colon behind a header's name");
        }
        try {
            return RequestHeaders.checked(Map.of(line.substring(0, colon), trimmed(line.substring(colon + 1))));
        } catch (ConfigurationException unfit) {
            throw invalid(number, "cannot be a header: " + unfit.getMessage());
        }
    }

    /** Blanks and tabs around a value are none of it; anything else that is invisible is looked at. */
    private static String trimmed(String value) {
        return value.replaceAll("^[ \t]+|[ \t]+$", "");
    }

    private static ConfigurationException invalid(int line, String problem) {
        return new ConfigurationException("header", VARIABLE + ": line " + line + " " + problem, null);
    }
}
