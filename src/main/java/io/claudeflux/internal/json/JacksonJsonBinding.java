package io.claudeflux.internal.json;

import io.claudeflux.message.Json;
import io.claudeflux.message.JsonBinding;
import java.math.BigDecimal;
import java.time.zone.ZoneRulesProvider;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DatabindException;

/**
 * {@link Json} on Jackson. Jackson's own messages may quote values, so failures are told in our words and without the
 * cause.
 */
public final class JacksonJsonBinding implements JsonBinding {
    /** For the service loader. */
    public JacksonJsonBinding() {
        // The JDK reads its time zones from a file when the first date is bound: now, and not on an event loop.
        var unused = ZoneRulesProvider.getAvailableZoneIds();
    }

    @Override
    public void check(String text) {
        try {
            Slices.check(text);
        } catch (JacksonException broken) {
            throw notJson(broken);
        }
    }

    @Override
    public String write(@Nullable Object value) {
        try {
            String direct = DirectJson.write(value);
            return direct == null ? DataBinding.MAPPER.writeValueAsString(value) : direct;
        } catch (JacksonException noJson) {
            String type = value == null ? "null" : value.getClass().getName();
            throw new IllegalArgumentException("a value of " + type + " has no JSON form" + path(noJson));
        }
    }

    @Override
    public <T> T read(String text, Class<T> type) {
        try {
            String string = type == String.class ? Slices.string(text) : null;
            if (string != null) {
                return type.cast(string);
            }
            Vocabulary.Form<T> ours = Vocabulary.of(type);
            // From its own text, so that what is kept of it is kept to the letter.
            return ours == null
                    ? DataBinding.MAPPER.readValue(text, type)
                    : type.cast(ours.read().apply(Json.trusted(text)));
        } catch (DatabindException | InputCoercionException misfit) {
            throw new IllegalArgumentException("the JSON does not fit " + type.getName() + path(misfit));
        } catch (JacksonException broken) {
            throw notJson(broken);
        } catch (NumberFormatException unthinkable) {
            throw noNumber();
        }
    }

    @Override
    public Map<String, @Nullable Object> readMap(String text) {
        try {
            return DataBinding.MAP.readValue(text);
        } catch (JacksonException broken) {
            throw notJson(broken);
        } catch (NumberFormatException unthinkable) {
            throw noNumber();
        }
    }

    @Override
    public List<@Nullable Object> readList(String text) {
        try {
            return DataBinding.LIST.readValue(text);
        } catch (JacksonException broken) {
            throw notJson(broken);
        } catch (NumberFormatException unthinkable) {
            throw noNumber();
        }
    }

    @Override
    public Map<String, Json> members(String text) {
        try {
            return Collections.unmodifiableMap(Slices.members(text));
        } catch (JacksonException broken) {
            throw notJson(broken);
        }
    }

    @Override
    public List<Json> elements(String text) {
        try {
            return Slices.elements(text);
        } catch (JacksonException broken) {
            throw notJson(broken);
        }
    }

    @Override
    public Json completeObject(String fragment) {
        String whole = PartialJson.complete(fragment);
        return EventReader.isWholeObject(whole) ? Json.trusted(whole) : Json.emptyObject();
    }

    @Override
    public @Nullable Object meaning(String text) {
        try {
            return normal(DataBinding.ANY.readValue(text));
        } catch (JacksonException | NumberFormatException | ArithmeticException beyondTheBounds) {
            // Equality has no way to fail.
            return new TextOnly(text);
        }
    }

    /** Numbers are equal by value, however they are written. */
    private static @Nullable Object normal(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> members = new LinkedHashMap<>();
            map.forEach((name, member) -> members.put(name, normal(member)));
            return members;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(JacksonJsonBinding::normal).toList();
        }
        if (value instanceof BigDecimal number) {
            return number.stripTrailingZeros();
        }
        return value instanceof Number number ? new BigDecimal(number.toString()).stripTrailingZeros() : value;
    }

    /** Jackson's own message quotes the number. */
    private static IllegalArgumentException noNumber() {
        return new IllegalArgumentException("the JSON holds a number with an exponent that no number of Java has");
    }

    private static IllegalArgumentException notJson(JacksonException broken) {
        TokenStreamLocation location = broken.getLocation();
        String where =
                location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
        return new IllegalArgumentException("not valid JSON, or beyond the parser's bounds," + where);
    }

    /** What a text means that cannot be read, and is equal to nothing but itself. */
    private record TextOnly(String text) {}

    private static String path(JacksonException misfit) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : misfit.getPath()) {
            path.append(step.getPropertyName() == null ? "[" + step.getIndex() + "]" : "." + step.getPropertyName());
        }
        return path.isEmpty() ? "" : " at " + path;
    }
}
