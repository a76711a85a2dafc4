package io.claudeflux.internal.protocol;

import io.claudeflux.message.ResponseMetadata;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long a server asks to wait: {@code retry-after-ms} in milliseconds, else {@code retry-after} in seconds or as an
 * HTTP date.
 *
 * <p>A hint that is missing, malformed, zero, negative, in the past or beyond any calendar is no hint. A date is
 * measured against the response's own {@code date} where there is one, so that a wrong local clock does no harm.
 */
final class RetryHint {
    private static final Pattern DECIMAL = Pattern.compile("\\d{1,15}(\\.\\d{1,18})?");

    /** The three forms of RFC 9110 §5.6.7. */
    private static final List<DateTimeFormatter> DATES = List.of(
            DateTimeFormatter.RFC_1123_DATE_TIME,
            new DateTimeFormatterBuilder()
                    .appendPattern("EEEE, dd-MMM-")
                    .appendValueReduced(ChronoField.YEAR, 2, 2, 1970)
                    .appendPattern(" HH:mm:ss 'GMT'")
                    .toFormatter(Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC),
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC));

    private RetryHint() {}

    static @Nullable Duration of(ResponseMetadata response, Clock clock) {
        return response.header("retry-after-ms")
                .flatMap(text -> decimal(text, 1))
                .filter(RetryHint::isWait)
                .or(() -> response.header("retry-after")
                        .flatMap(text -> decimal(text, 1000).or(() -> until(text, response, clock)))
                        .filter(RetryHint::isWait))
                .orElse(null);
    }

    private static boolean isWait(Duration hint) {
        return !hint.isZero() && !hint.isNegative();
    }

    private static Optional<Duration> decimal(String text, int millisPerUnit) {
        String trimmed = text.trim();
        if (!DECIMAL.matcher(trimmed).matches()) {
            return Optional.empty();
        }
        try {
            BigDecimal nanos = new BigDecimal(trimmed).multiply(BigDecimal.valueOf(millisPerUnit * 1_000_000L));
            return Optional.of(Duration.ofNanos(nanos.toBigInteger().longValueExact()));
        } catch (ArithmeticException beyondAnyCalendar) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> until(String text, ResponseMetadata response, Clock clock) {
        Instant now = response.header("date").flatMap(RetryHint::date).orElseGet(clock::instant);
        return date(text).map(date -> Duration.between(now, date));
    }

    private static Optional<Instant> date(String text) {
        for (DateTimeFormatter form : DATES) {
            try {
                return Optional.of(form.parse(text.trim(), ZonedDateTime::from).toInstant());
            } catch (DateTimeException anotherForm) {
                // The next form may fit.
            }
        }
        return Optional.empty();
    }
}
