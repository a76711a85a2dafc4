package io.claudeflux.internal.json;

import io.claudeflux.message.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The members of an object while they are being read: each read takes its member away, and what nobody asked for is
 * left as {@link #rest()}.
 *
 * <p>Tolerant as the API asks: a member may be missing or null. A member of the wrong kind is malformed.
 */
final class Fields {
    private final Map<String, Json> left;
    private final boolean keepsNulls;

    private Fields(Map<String, Json> members, boolean keepsNulls) {
        this.left = members;
        this.keepsNulls = keepsNulls;
    }

    static Fields of(Json object) {
        return new Fields(Slices.members(object.text()), false);
    }

    static Fields of(Map<String, Json> members) {
        return new Fields(new LinkedHashMap<>(members), false);
    }

    /**
     * The members of an object that goes back to the server as it came: what was said to be null or empty stays among
     * the rest, so that it is said again.
     */
    static Fields toTheLetter(Json object) {
        return new Fields(Slices.members(object.text()), true);
    }

    /** Takes a member; null if it is missing or null. */
    @Nullable Json json(String name) {
        Json value = left.get(name);
        if (value == null || !value.isNull() || !keepsNulls) {
            left.remove(name);
        }
        return value == null || value.isNull() ? null : value;
    }

    Json required(String name) {
        Json value = json(name);
        if (value == null) {
            throw new MalformedJsonException("\"" + name + "\" is missing");
        }
        return value;
    }

    @Nullable String string(String name) {
        Json value = json(name);
        return value == null ? null : asString(name, value);
    }

    String string(String name, String absent) {
        String value = string(name);
        return value == null ? absent : value;
    }

    String requiredString(String name) {
        return asString(name, required(name));
    }

    private static String asString(String name, Json value) {
        return value.asString().orElseThrow(() -> new MalformedJsonException("\"" + name + "\" is not a string"));
    }

    @Nullable Boolean bool(String name) {
        Json value = json(name);
        if (value == null) {
            return null;
        }
        return switch (value.text()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new MalformedJsonException("\"" + name + "\" is not a boolean");
        };
    }

    /** Whole numbers may come as {@code 3.0} or {@code 1e3}. */
    @Nullable Long number(String name) {
        Json value = json(name);
        if (value == null) {
            return null;
        }
        try {
            return new BigDecimal(value.text()).longValueExact();
        } catch (NumberFormatException | ArithmeticException notWhole) {
            throw new MalformedJsonException("\"" + name + "\" is not a whole number");
        }
    }

    long number(String name, long absent) {
        Long value = number(name);
        return value == null ? absent : value;
    }

    long requiredNumber(String name) {
        Long value = number(name);
        if (value == null) {
            throw new MalformedJsonException("\"" + name + "\" is missing");
        }
        return value;
    }

    int integer(String name) {
        Long value = number(name);
        if (value == null || value != value.intValue()) {
            throw new MalformedJsonException("\"" + name + "\" is missing or out of range");
        }
        return value.intValue();
    }

    <T> @Nullable T map(String name, Function<Json, T> read) {
        Json value = json(name);
        return value == null ? null : read.apply(value);
    }

    <T> @Nullable T open(String name, Function<String, T> of) {
        String value = string(name);
        return value == null ? null : of.apply(value);
    }

    /** Takes a member only if it fits: one that does not stays among the rest, and null comes in its place. */
    <T> @Nullable T fitting(String name, Function<Json, T> read) {
        Json value = left.get(name);
        if (value == null || value.isNull()) {
            return map(name, read);
        }
        try {
            T fitting = read.apply(value);
            left.remove(name);
            return fitting;
        } catch (MalformedJsonException misfit) {
            return null;
        }
    }

    <T> List<T> list(String name, Function<Json, T> read) {
        Json value = json(name);
        List<T> list = value == null ? List.of() : list(name, value, read);
        if (value != null && list.isEmpty() && keepsNulls) {
            left.put(name, value);
        }
        return list;
    }

    <T> List<T> requiredList(String name, Function<Json, T> read) {
        return list(name, required(name), read);
    }

    List<String> strings(String name) {
        return words(name, word -> word);
    }

    <T> List<T> words(String name, Function<String, T> of) {
        return list(name, element -> of.apply(asString(name, element)));
    }

    private <T> List<T> list(String name, Json value, Function<Json, T> read) {
        List<T> list = new ArrayList<>();
        for (Json element : Slices.elements(value.text())) {
            T one = read.apply(element);
            if (one == null) {
                throw new MalformedJsonException("\"" + name + "\" holds a null");
            }
            list.add(one);
        }
        return list;
    }

    /** Looks at a member and leaves it where it is. */
    @Nullable Json peek(String name) {
        return left.get(name);
    }

    boolean isPresent(String name) {
        return left.containsKey(name);
    }

    boolean isNull(String name) {
        Json value = left.get(name);
        return value != null && value.isNull();
    }

    /** Takes a member that says nothing beyond what the type says already. */
    Fields drop(String name) {
        left.remove(name);
        return this;
    }

    /** Takes a member that is null or an empty list, where that says as little as absence. */
    Fields dropEmpty(String name) {
        Json value = left.get(name);
        if (value != null && (value.isNull() || value.text().equals("[]"))) {
            left.remove(name);
        }
        return this;
    }

    boolean isEmpty() {
        return left.isEmpty();
    }

    Json rest() {
        return left.isEmpty() ? Json.emptyObject() : Json.of(left);
    }

    /**
     * What is left, for objects in which a null says as little as absence: a stream leaves out what a whole answer
     * sends as null.
     */
    Json restWithoutNulls() {
        left.values().removeIf(Json::isNull);
        return rest();
    }
}
