package io.claudeflux.message;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An immutable JSON value, kept as the text it came in and parsed only when it is looked into.
 *
 * <p>Two values are equal when they mean the same: spacing, the order of members and the way a number is written do not
 * count. What the parser would refuse, such as a number with an exponent of eleven digits, is equal to the same text
 * only. The text itself, {@link #text()}, stays as it came, so that a block sent back to the server is the block that
 * was received.
 *
 * <pre>{@code
 * Json schema = Json.of(Map.of("type", "object", "properties", Map.of("city", Map.of("type", "string"))));
 * City city = toolUse.input().as(City.class);
 * }</pre>
 *
 * <p>{@link #toString()} shows only the length: JSON of this API holds prompts and answers.
 */
public final class Json {
    private static final Json EMPTY_OBJECT = new Json("{}");

    private final String text;

    private Json(String text) {
        this.text = text;
    }

    /**
     * Takes a JSON text as it is, after checking its syntax.
     *
     * @param text one JSON value
     * @return the value, with exactly this text
     * @throws IllegalArgumentException if the text is not one JSON value, or nests deeper than 200 levels
     */
    public static Json parse(String text) {
        JsonBinding.installed().check(Objects.requireNonNull(text, "text"));
        return new Json(text);
    }

    /**
     * Takes a text that is already known to be JSON, such as a slice of a parsed document, without checking it again.
     *
     * @param text one JSON value; the caller vouches for its syntax
     * @return the value, with exactly this text
     */
    public static Json trusted(String text) {
        return text.equals("{}") ? EMPTY_OBJECT : new Json(Objects.requireNonNull(text, "text"));
    }

    /**
     * Writes a Java value as JSON: maps, lists, strings, numbers, booleans, {@code null}, records, beans, and all types
     * of this library.
     *
     * @param value the value; a {@code Json} is returned as it is
     * @return its JSON
     * @throws IllegalArgumentException if the value has no JSON form
     */
    public static Json of(@Nullable Object value) {
        return value instanceof Json json
                ? json
                : new Json(JsonBinding.installed().write(value));
    }

    /**
     * The object without members.
     *
     * @return <code>{}</code>
     */
    public static Json emptyObject() {
        return EMPTY_OBJECT;
    }

    /**
     * The JSON text, as it came.
     *
     * @return the text
     */
    public String text() {
        return text;
    }

    /**
     * Binds this value to a Java type: a record, a bean, a collection class, or a type of this library such as
     * {@code MessageRequest}.
     *
     * @param type the class to bind to
     * @param <T> its type
     * @return the bound value
     * @throws IllegalArgumentException if the value does not fit; the message says where, and quotes nothing
     */
    public <T> T as(Class<T> type) {
        return JsonBinding.installed().read(text, type);
    }

    /**
     * This object as a map in the order of its members; nested objects are maps, arrays are lists, numbers are
     * {@code Integer}, {@code Long}, {@code BigInteger} or {@code BigDecimal}.
     *
     * @return a new mutable map
     * @throws IllegalStateException if this is not an object
     */
    public Map<String, @Nullable Object> toMap() {
        require(isObject(), "an object");
        return JsonBinding.installed().readMap(text);
    }

    /**
     * This array as a list, its elements as in {@link #toMap()}.
     *
     * @return a new mutable list
     * @throws IllegalStateException if this is not an array
     */
    public List<@Nullable Object> toList() {
        require(firstChar() == '[', "an array");
        return JsonBinding.installed().readList(text);
    }

    /**
     * The members of this object, each as it came, in their order.
     *
     * @return an immutable map, empty if this is not an object
     */
    public Map<String, Json> members() {
        return isObject() && !isEmptyObject() ? JsonBinding.installed().members(text) : Map.of();
    }

    /**
     * The elements of this array, each as it came.
     *
     * @return an immutable list, empty if this is not an array
     */
    public List<Json> elements() {
        return firstChar() == '[' ? JsonBinding.installed().elements(text) : List.of();
    }

    /**
     * A member of this object.
     *
     * @param name the member's name
     * @return its value, which may be a JSON {@code null}; empty if there is none or this is not an object
     */
    public Optional<Json> get(String name) {
        return Optional.ofNullable(members().get(name));
    }

    /**
     * The value of a JSON string.
     *
     * @return the unescaped string; empty if this is not a string
     */
    public Optional<String> asString() {
        return firstChar() == '"' ? Optional.of(as(String.class)) : Optional.empty();
    }

    /**
     * Whether this is an object.
     *
     * @return true for an object
     */
    public boolean isObject() {
        return firstChar() == '{';
    }

    /**
     * Whether this is the object without members, written in the shortest way, as this library writes it.
     *
     * @return true for <code>{}</code>
     */
    public boolean isEmptyObject() {
        return text.length() == 2 && isObject();
    }

    /**
     * Whether this is the JSON {@code null}.
     *
     * @return true for {@code null}
     */
    public boolean isNull() {
        return firstChar() == 'n';
    }

    private char firstChar() {
        int i = 0;
        while (i < text.length() && text.charAt(i) <= ' ') {
            i++;
        }
        return i < text.length() ? text.charAt(i) : 0;
    }

    private void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalStateException("this JSON value is not " + what);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Json json
                        && (text.equals(json.text) || Objects.equals(meaning(), json.meaning())));
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(meaning());
    }

    private @Nullable Object meaning() {
        return JsonBinding.installed().meaning(text);
    }

    @Override
    public String toString() {
        return "Json(" + text.length() + " chars)";
    }
}
