package io.claudeflux.speed.process;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The one line of JSON that a process tells its result in, apart from whatever else its libraries print. */
public final class Line {
    private static final String MARK = "SPEED ";

    private Line() {}

    public static void print(Object value) {
        System.out.println(MARK + JsonMapper.shared().writeValueAsString(value));
        System.out.flush();
    }

    public static Optional<JsonNode> parse(String line) {
        return line.startsWith(MARK)
                ? Optional.of(JsonMapper.shared().readTree(line.substring(MARK.length())))
                : Optional.empty();
    }
}
