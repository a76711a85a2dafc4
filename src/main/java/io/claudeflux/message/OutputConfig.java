package io.claudeflux.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the answer is to be made.
 *
 * @param effort how much work goes into it
 * @param format the form it must have, such as <code>{"type": "json_schema", "schema": …}</code>
 * @param extra the fields this version does not know, as one JSON object
 */
public record OutputConfig(
        @Nullable Effort effort, @Nullable Json format, Json extra) {
    /**
     * Takes any configuration.
     *
     * @throws NullPointerException if {@code extra} is null
     */
    public OutputConfig {
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * Asks for an effort.
     *
     * @param effort how much work goes into the answer
     * @return the configuration
     */
    public static OutputConfig effort(Effort effort) {
        return new OutputConfig(effort, null, Json.emptyObject());
    }

    /**
     * Asks for JSON of a schema.
     *
     * @param schema a JSON schema
     * @return the configuration
     */
    public static OutputConfig jsonSchema(Json schema) {
        return new OutputConfig(
                null, Json.trusted("{\"type\":\"json_schema\",\"schema\":" + schema.text() + "}"), Json.emptyObject());
    }
}
