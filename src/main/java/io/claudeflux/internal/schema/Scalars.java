package io.claudeflux.internal.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
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
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The Java types that are one JSON string, number or boolean, in the form in which Jackson reads and writes them. */
final class Scalars {
    private static final Map<Class<?>, Scalar> TABLE = table();

    private Scalars() {}

    /**
     * How a type looks in JSON.
     *
     * @param type the JSON type
     * @param format a format that the API knows
     * @param description what no format says
     * @param isNullable whether it may be null by itself
     */
    record Scalar(
            String type, @Nullable String format, @Nullable String description, boolean isNullable) {}

    static @Nullable Scalar of(Class<?> type) {
        return TABLE.get(type);
    }

    private static Map<Class<?>, Scalar> table() {
        Map<Class<?>, Scalar> table = new HashMap<>();
        put(table, plain("boolean"), boolean.class, Boolean.class);
        put(table, plain("integer"), byte.class, Byte.class, short.class, Short.class, int.class, Integer.class);
        put(table, plain("integer"), long.class, Long.class, BigInteger.class, Year.class);
        put(table, plain("number"), float.class, Float.class, double.class, Double.class, BigDecimal.class);
        put(table, plain("string"), String.class, CharSequence.class);
        put(table, new Scalar("integer", null, null, true), OptionalInt.class, OptionalLong.class);
        put(table, new Scalar("number", null, null, true), OptionalDouble.class);
        put(table, described("one character, such as A"), char.class, Character.class);
        put(table, described("bytes in base64, such as AQID"), byte[].class);
        put(table, formatted("uuid"), UUID.class);
        put(table, formatted("uri"), URI.class, URL.class);
        put(table, described("a language tag, such as en-GB"), Locale.class);
        put(table, described("an ISO 4217 code, such as EUR"), Currency.class);
        times(table);
        return Map.copyOf(table);
    }

    /** Formats that ask for an offset are no help for types that refuse one. */
    private static void times(Map<Class<?>, Scalar> table) {
        put(table, formatted("date-time"), Instant.class, OffsetDateTime.class, ZonedDateTime.class, Date.class);
        put(table, formatted("date"), LocalDate.class);
        put(table, formatted("time"), OffsetTime.class);
        put(table, described("date and time without an offset, such as 2026-11-21T10:15:30"), LocalDateTime.class);
        put(table, described("time without an offset, such as 10:15:30"), LocalTime.class);
        put(table, described("year and month, such as 2026-11"), YearMonth.class);
        put(table, described("a time zone, such as Europe/Berlin"), ZoneId.class);
        put(table, described("an offset from UTC, such as +02:00"), ZoneOffset.class);
        put(
                table,
                new Scalar("string", "duration", "in days, hours, minutes and seconds, such as P1DT2H30M", false),
                Duration.class);
        put(table, new Scalar("string", "duration", "in years, months and days, such as P1Y2M3D", false), Period.class);
    }

    private static void put(Map<Class<?>, Scalar> table, Scalar scalar, Class<?>... types) {
        for (Class<?> type : types) {
            table.put(type, scalar);
        }
    }

    private static Scalar plain(String type) {
        return new Scalar(type, null, null, false);
    }

    private static Scalar formatted(String format) {
        return new Scalar("string", format, null, false);
    }

    private static Scalar described(String description) {
        return new Scalar("string", null, description, false);
    }
}
