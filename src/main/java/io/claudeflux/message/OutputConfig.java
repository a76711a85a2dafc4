package io.claudeflux.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the answer is to be made.
 *
 * <pre>{@code
 * OutputConfig.jsonSchema(schema).withEffort(Effort.LOW)
 * }</pre>
 *
 * @param effort how much work goes into it
 * @param format the form it must have; null for none
 * @param extra the fields this version does not know, as one JSON object
 */
public record OutputConfig(
        @Nullable Effort effort, @Nullable OutputFormat format, Json extra) {
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
        return new OutputConfig(null, new OutputFormat.JsonSchemaFormat(schema), Json.emptyObject());
    }

    /**
     * The same configuration with another effort.
     *
     * @param effort how much work goes into the answer; null for the server's default
     * @return a copy
     */
    public OutputConfig withEffort(@Nullable Effort effort) {
        return new OutputConfig(effort, format, extra);
    }

    /**
     * The same configuration with another form.
     *
     * @param format the form the answer must have; null for none
     * @return a copy
     */
    public OutputConfig withFormat(@Nullable OutputFormat format) {
        return new OutputConfig(effort, format, extra);
    }
}
