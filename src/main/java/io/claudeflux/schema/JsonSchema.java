package io.claudeflux.schema;

import io.claudeflux.error.ConfigurationException;
import io.claudeflux.error.Finding;
import io.claudeflux.internal.schema.ClassSchemas;
import io.claudeflux.message.Json;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
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
    private static final ClassValue<AtomicReference<@Nullable String>> TEXTS = new ClassValue<>() {
        @Override
        protected AtomicReference<@Nullable String> computeValue(Class<?> type) {
            return new AtomicReference<>();
        }
    };

    private final Json json;

    private JsonSchema(Json json) {
        this.json = json;
    }

    /**
     * The schema of a Java type, in the part of draft 2020-12 that the API accepts for structured outputs.
     *
     * <p>It says what {@link Json#as} reads and {@link Json#of} writes:
     *
     * <ul>
     *   <li>Records and beans are closed objects; every property is required, in the order of the class, which is the
     *       order in which the model writes. Names, order and what is left out follow Jackson's annotations;
     *       descriptions come from {@code @JsonPropertyDescription} and {@code @JsonClassDescription}.
     *   <li>A value may be null if it is an {@link Optional}, or marked with any annotation of the simple name
     *       {@code Nullable} or {@code CheckForNull} that is there at run time; so may the elements of a list.
     *   <li>Lists, sets and arrays are arrays, enums are their words. Types that refer to themselves, or are used in
     *       several places, are described once, in {@code $defs}.
     *   <li>Interfaces and abstract classes are a choice of their classes, where {@code @JsonTypeInfo} names the
     *       property that tells them apart; those of sealed ones are found, those of others named by
     *       {@code @JsonSubTypes}.
     *   <li>Dates, times, {@code UUID}, {@code URI} and durations are strings with a format, or with a description
     *       where there is none. Times with an offset are read in UTC.
     * </ul>
     *
     * <p>No schema can be had for {@code Map}, {@code Object} and {@link Json}, which have no names that are known
     * beforehand: use a list of records. The root is an object.
     *
     * <p>Needs the optional libraries {@code com.github.victools:jsonschema-generator} and
     * {@code com.github.victools:jsonschema-module-jackson}, 5.0.0. The schema of a class is made once, by the calling
     * thread: some milliseconds, and a second or so for the first one of a JVM, which loads the library. That of a type
     * with arguments is made each time.
     *
     * @param type a record, a bean, or one of them with its type arguments
     * @return its schema
     * @throws ConfigurationException if one of the libraries is missing, or the type has no schema that the API
     *     accepts; it names the member
     */
    public static JsonSchema of(Type type) {
        Objects.requireNonNull(type, "type");
        return new JsonSchema(type instanceof Class<?> raw ? remembered(raw) : made(type));
    }

    /** Made once, or a few times by threads that ask for it at the same moment. */
    private static Json remembered(Class<?> type) {
        AtomicReference<@Nullable String> known = TEXTS.get(type);
        String text = known.get();
        if (text == null) {
            text = made(type).text();
            known.set(text);
        }
        return Json.trusted(text);
    }

    /** Whether the schema of a class is there, so that nobody waits for it. */
    static boolean isMade(Class<?> type) {
        return TEXTS.get(type).get() != null;
    }

    /** What comes of a type must be accepted like what comes from a hand, or the type cannot be used. */
    private static Json made(Type type) {
        Json json = ClassSchemas.of(type);
        SchemaRules.check(json.toMap()).stream()
                .filter(Finding::isRefusal)
                .findFirst()
                .ifPresent(problem -> {
                    throw new ConfigurationException(
                            "schema",
                            "no schema can be made: " + type.getTypeName() + " has one that the API does not accept; "
                                    + problem.path() + " " + problem.problem(),
                            null);
                });
        return json;
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

    /**
     * Looks for what the API does not accept in the schema of a structured output. Tools that are not strict may have
     * any schema, so that this says nothing about them. Schemas of Java types are accepted as they are.
     *
     * @return what is wrong, each with its place, such as {@code $.properties.city.pattern}; empty if all is well
     */
    public List<Finding> check() {
        return SchemaRules.check(json.toMap());
    }

    /**
     * A schema that means nearly the same, within what the API accepts: what limits a value, such as {@code minimum} or
     * {@code pattern}, goes into its description, where the model reads it and nothing enforces it; objects are closed;
     * a property that could be missing is there, and may be null. What cannot be said in another way stays, and
     * {@link #check()} tells of it.
     *
     * @return the schema to ask with
     */
    public JsonSchema relaxed() {
        return new JsonSchema(Json.of(Relaxation.relax(json.toMap())));
    }

    /**
     * Whether a value fits this schema, by the keywords that the API accepts. Members that the schema does not name and
     * formats are not looked at.
     *
     * @param value any value
     * @return the first place that does not fit and what should stand there, in a sentence that quotes nothing of the
     *     value; empty if it fits
     * @throws IllegalArgumentException if the value is not JSON
     */
    public Optional<String> misfit(Json value) {
        Object tree = Json.parse("[" + value.text() + "]").toList().get(0);
        return Optional.ofNullable(new SchemaFit(json.toMap()).misfit(tree));
    }

    /**
     * What a value lacks of this schema: a member that is required, and is absent or null although its schema takes no
     * null. Nothing else is looked at, so that a reader may be more lenient than the schema, as with the input of a
     * tool that is not strict.
     *
     * @param value any value
     * @return the place of the first such member, such as {@code lines[0].amount}; empty if there is none
     * @throws IllegalArgumentException if the value is not JSON
     */
    public Optional<String> missing(Json value) {
        Object tree = Json.parse("[" + value.text() + "]").toList().get(0);
        return Optional.ofNullable(new SchemaFit(json.toMap()).missing(tree));
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
