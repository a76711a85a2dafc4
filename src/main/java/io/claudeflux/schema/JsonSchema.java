package io.claudeflux.schema;

import io.claudeflux.internal.schema.ClassSchemas;
import io.claudeflux.message.Json;
import java.lang.reflect.Type;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A JSON schema: made from a Java type, or written by hand.
 *
 * <pre>{@code
 * record Invoice(String customer, LocalDate due, List<Line> lines, Optional<String> note) {}
 * record Line(String text, BigDecimal amount) {}
 *
 * JsonSchema schema = JsonSchema.of(Invoice.class);
 * }</pre>
 *
 * <p>An immutable value; two are equal when their JSON means the same.
 */
public final class JsonSchema {
    /** Text and not schemas, so that nothing of this library is kept alive by the classes of an application. */
    private static final ClassValue<String> TEXTS = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
            return ClassSchemas.of(type).text();
        }
    };

    private final Json json;

    private JsonSchema(Json json) {
        this.json = json;
    }

    /**
     * The schema of a Java type, in the part of draft 2020-12 that the API accepts for structured outputs.
     *
     * <p>Needs the optional libraries {@code com.github.victools:jsonschema-generator} and
     * {@code com.github.victools:jsonschema-module-jackson}. The schema of a class is made once, which takes some
     * milliseconds of the calling thread; that of a type with arguments each time.
     *
     * @param type a record, a bean, or one of them with its type arguments
     * @return its schema
     * @throws io.claudeflux.error.ConfigurationException if one of the libraries is missing, or the type has no schema
     *     that the API accepts
     */
    public static JsonSchema of(Type type) {
        Objects.requireNonNull(type, "type");
        return new JsonSchema(type instanceof Class<?> raw ? Json.trusted(TEXTS.get(raw)) : ClassSchemas.of(type));
    }

    /**
     * A schema that was written by hand, as it is.
     *
     * @param json the schema
     * @return the same, as a schema
     * @throws IllegalArgumentException if it is not an object
     */
    public static JsonSchema of(Json json) {
        if (!json.isObject()) {
            throw new IllegalArgumentException("a schema must be a JSON object");
        }
        return new JsonSchema(json);
    }

    /**
     * The schema as JSON.
     *
     * @return an object
     */
    public Json json() {
        return json;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonSchema schema && json.equals(schema.json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    /** Only its length: descriptions may hold what a prompt holds. */
    @Override
    public String toString() {
        return "JsonSchema(" + json.text().length() + " chars)";
    }
}
