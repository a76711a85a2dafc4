package io.claudeflux.schema;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes instances of records, by their components. */
final class RandomRecords {
    private final Random random;
    private final Map<Class<?>, Supplier<Object>> scalars;

    RandomRecords(long seed) {
        this.random = new Random(seed);
        this.scalars = new HashMap<>(numbers());
        scalars.putAll(texts());
        scalars.putAll(times());
    }

    Record next(Class<? extends Record> type) {
        return (Record) object(type, new Type[0], 0);
    }

    private Map<Class<?>, Supplier<Object>> numbers() {
        return Map.ofEntries(
                Map.entry(boolean.class, random::nextBoolean),
                Map.entry(Boolean.class, random::nextBoolean),
                Map.entry(byte.class, () -> (byte) random.nextInt()),
                Map.entry(Short.class, () -> (short) random.nextInt()),
                Map.entry(int.class, random::nextInt),
                Map.entry(Integer.class, random::nextInt),
                Map.entry(long.class, random::nextLong),
                Map.entry(Long.class, random::nextLong),
                Map.entry(BigInteger.class, () -> new BigInteger(100, random)),
                Map.entry(float.class, random::nextFloat),
                Map.entry(double.class, random::nextGaussian),
                Map.entry(Double.class, random::nextGaussian),
                Map.entry(BigDecimal.class, () -> BigDecimal.valueOf(random.nextInt(), random.nextInt(5))),
                Map.entry(OptionalInt.class, () -> random.nextBoolean() ? OptionalInt.of(7) : OptionalInt.empty()),
                Map.entry(OptionalLong.class, () -> random.nextBoolean() ? OptionalLong.of(7) : OptionalLong.empty()),
                Map.entry(
                        OptionalDouble.class,
                        () -> random.nextBoolean() ? OptionalDouble.of(0.5) : OptionalDouble.empty()));
    }

    private Map<Class<?>, Supplier<Object>> texts() {
        return Map.of(
                String.class, this::text,
                char.class, () -> (char) ('a' + random.nextInt(26)),
                Character.class, () -> (char) ('a' + random.nextInt(26)),
                UUID.class, () -> new UUID(random.nextLong(), random.nextLong()),
                URI.class, () -> URI.create("https://example.com/" + random.nextInt()),
                Locale.class, () -> Locale.forLanguageTag("de-AT"),
                Currency.class, () -> Currency.getInstance("EUR"));
    }

    private Map<Class<?>, Supplier<Object>> times() {
        Supplier<Instant> instant =
                () -> Instant.ofEpochSecond(random.nextInt(Integer.MAX_VALUE), 1000L * random.nextInt(100));
        Supplier<LocalDateTime> local = () -> LocalDateTime.ofInstant(instant.get(), ZoneOffset.UTC);
        return Map.ofEntries(
                Map.entry(Instant.class, instant::get),
                Map.entry(OffsetDateTime.class, () -> instant.get().atOffset(ZoneOffset.UTC)),
                Map.entry(ZonedDateTime.class, () -> instant.get().atZone(ZoneOffset.UTC)),
                Map.entry(Date.class, () -> Date.from(Instant.ofEpochSecond(random.nextInt(Integer.MAX_VALUE)))),
                Map.entry(LocalDate.class, () -> local.get().toLocalDate()),
                Map.entry(LocalDateTime.class, local::get),
                Map.entry(LocalTime.class, () -> local.get().toLocalTime()),
                Map.entry(
                        OffsetTime.class,
                        () -> local.get()
                                .toLocalTime()
                                .withNano(0)
                                .withSecond(1 + random.nextInt(59))
                                .atOffset(ZoneOffset.UTC)),
                Map.entry(Duration.class, () -> Duration.ofSeconds(1 + random.nextInt(1_000_000))),
                Map.entry(Period.class, () -> Period.of(1 + random.nextInt(9), random.nextInt(12), random.nextInt(30))),
                Map.entry(Year.class, () -> Year.of(1900 + random.nextInt(200))),
                Map.entry(YearMonth.class, () -> YearMonth.of(1900 + random.nextInt(200), 1 + random.nextInt(12))),
                Map.entry(ZoneId.class, () -> ZoneId.of("Europe/Berlin")),
                Map.entry(ZoneOffset.class, () -> ZoneOffset.ofHours(random.nextInt(12))));
    }

    private String text() {
        String letters = "aé\"\\\n\u0001𝄞中 {}[]:,";
        StringBuilder text = new StringBuilder();
        random.ints(random.nextInt(12), 0, letters.codePointCount(0, letters.length()))
                .forEach(i -> text.appendCodePoint(letters.codePointAt(letters.offsetByCodePoints(0, i))));
        return text.toString();
    }

    private @Nullable Object value(Type type, int depth) {
        if (type instanceof ParameterizedType generic) {
            return generic(generic, depth);
        }
        Class<?> raw = (Class<?>) type;
        Supplier<Object> scalar = scalars.get(raw);
        if (scalar != null) {
            return scalar.get();
        }
        if (raw.isEnum()) {
            return raw.getEnumConstants()[random.nextInt(raw.getEnumConstants().length)];
        }
        if (raw.isInterface()) {
            List<Class<?>> choices = Arrays.asList(raw.getPermittedSubclasses());
            return object(choices.get(random.nextInt(choices.size())), new Type[0], depth + 1);
        }
        return object(raw, new Type[0], depth + 1);
    }

    private @Nullable Object generic(ParameterizedType type, int depth) {
        Type argument = type.getActualTypeArguments()[0];
        if (type.getRawType() == Optional.class) {
            return random.nextBoolean() ? Optional.empty() : Optional.ofNullable(value(argument, depth + 1));
        }
        if (type.getRawType() == List.class || type.getRawType() == Set.class) {
            List<@Nullable Object> elements = new ArrayList<>();
            for (int i = random.nextInt(depth > 3 ? 1 : 4); i > 0; i--) {
                elements.add(value(argument, depth + 1));
            }
            return type.getRawType() == List.class ? elements : new HashSet<>(elements);
        }
        return object((Class<?>) type.getRawType(), type.getActualTypeArguments(), depth + 1);
    }

    private Object object(Class<?> type, Type[] arguments, int depth) {
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = member(components[i], components[i].getAnnotatedType(), arguments, depth);
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no instance", e);
        }
    }

    private @Nullable Object member(RecordComponent component, AnnotatedType annotated, Type[] arguments, int depth) {
        boolean isNullable = annotated.isAnnotationPresent(Nullable.class);
        if (component.isAnnotationPresent(JsonIgnore.class)
                || component.getAccessor().isAnnotationPresent(JsonIgnore.class)
                || (isNullable && (depth > 3 || random.nextInt(3) == 0))) {
            return null;
        }
        if (component.getGenericType() instanceof TypeVariable<?> variable) {
            int index = Arrays.asList(component.getDeclaringRecord().getTypeParameters())
                    .indexOf(variable);
            return value(arguments[index], depth);
        }
        Object value = value(component.getGenericType(), depth);
        boolean hasHoles = annotated instanceof AnnotatedParameterizedType list
                && list.getAnnotatedActualTypeArguments()[0].isAnnotationPresent(Nullable.class);
        if (hasHoles && value instanceof List<?> elements && !elements.isEmpty()) {
            List<@Nullable Object> holes = new ArrayList<>(elements);
            holes.set(0, null);
            return holes;
        }
        return value;
    }
}
