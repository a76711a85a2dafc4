package io.claudeflux.schema;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Types of applications: each has a schema. */
final class Samples {
    static final List<Class<? extends Record>> ALL = List.of(
            Invoice.class,
            Numbers.class,
            Texts.class,
            Times.class,
            MoreTimes.class,
            Lists.class,
            Tree.class,
            Drawing.class,
            Named.class,
            Pairs.class,
            Nothing.class);

    private Samples() {}

    record Line(@JsonPropertyDescription("what was sold") String text, BigDecimal amount) {}

    @JsonClassDescription("A bill")
    record Invoice(
            String customer,
            LocalDate due,

            @JsonPropertyDescription("in the order of the paper")
            List<Line> lines,

            Optional<String> note) {}

    record Numbers(
            boolean flag,
            Boolean boxedFlag,
            byte small,
            Short shortOne,
            int number,
            Integer boxed,
            long big,
            Long boxedBig,
            BigInteger huge,
            float real,
            double wide,
            Double boxedWide,
            BigDecimal exact,
            OptionalInt maybeInt,
            OptionalLong maybeLong,
            OptionalDouble maybeDouble) {}

    record Texts(
            String text,
            char letter,
            Character boxedLetter,
            UUID id,
            URI link,
            Locale language,
            Currency currency,
            Color color,
            Level level,
            @Nullable String note,
            @Nullable Color maybe) {}

    record Times(
            Instant instant,
            OffsetDateTime offset,
            ZonedDateTime zoned,
            Date date,
            LocalDate day,
            LocalDateTime local,
            LocalTime time,
            OffsetTime offsetTime,
            Duration duration) {}

    record MoreTimes(
            Period period,
            Year year,
            YearMonth month,
            DayOfWeek weekday,
            Month season,
            ZoneId zone,
            ZoneOffset shift) {}

    record Lists(
            List<String> texts,
            Set<Integer> numbers,
            List<List<Line>> grid,
            List<@Nullable String> holes,
            Optional<List<Optional<Long>>> deep,
            List<Color> colors,
            @Nullable List<Line> maybe) {}

    record Tree(String name, List<Tree> children, @Nullable Tree twin) {}

    record Drawing(Shape first, List<Shape> others, Optional<Shape> last, Circle round) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Circle.class, name = "circle"),
        @JsonSubTypes.Type(value = Group.class, name = "group"),
        @JsonSubTypes.Type(value = Point.class, name = "point")
    })
    sealed interface Shape {}

    record Circle(double radius) implements Shape {}

    record Group(List<Shape> parts, String name) implements Shape {}

    record Point() implements Shape {}

    @JsonPropertyOrder({"z", "a"})
    record Named(
            @JsonProperty("some_name") String someName,
            int a,
            int z,
            @JsonIgnore @Nullable String ignored) {}

    record Pair<A, B>(A left, B right) {}

    record Pairs(Pair<String, Integer> one, Pair<Color, List<Line>> other, Optional<Pair<Line, Line>> last) {}

    record Nothing() {}

    enum Color {
        @JsonProperty("red")
        RED,
        GREEN
    }

    enum Level {
        LOW(1),
        HIGH(2);

        private final int number;

        Level(int number) {
            this.number = number;
        }

        @JsonValue
        int number() {
            return number;
        }
    }
}
