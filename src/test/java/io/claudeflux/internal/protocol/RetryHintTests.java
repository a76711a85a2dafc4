package io.claudeflux.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.message.ResponseMetadata;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long the server asks to wait, in every form it may say so. */
class RetryHintTests {
    private static final Instant NOW = Instant.parse("2026-11-21T08:49:07Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @ParameterizedTest(name = "retry-after: {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "1        | PT1S",
                "30       | PT30S",
                "0.25     | PT0.25S",
                "1.5      | PT1.5S",
                "007      | PT7S",
                "' 5 '    | PT5S",
                "86400    | PT24H",
                "61.000   | PT1M1S",
                "0.001    | PT0.001S",
                "0.30000000000000004 | PT0.3S",
            })
    void secondsAreRead(String text, Duration expected) {
        assertThat(hint(Map.of("retry-after", text))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "retry-after-ms: {0}")
    @CsvSource({"250, PT0.25S", "0.5, PT0.0005S", "1000.25, PT1.00025S", "60000, PT1M"})
    void millisecondsAreReadFirst(String text, Duration expected) {
        assertThat(hint(Map.of("retry-after-ms", text, "retry-after", "5"))).isEqualTo(expected);
        assertThat(hint(Map.of("retry-after-ms", text))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "banana",
                "",
                " ",
                "-5",
                "-0.1",
                "+5",
                "0",
                "0.0",
                "0.0000000001",
                "NaN",
                "Infinity",
                "-Infinity",
                "1e309",
                "1e3",
                "1E400000000",
                "0x10",
                "5s",
                "5 seconds",
                "1,5",
                "1.2.3",
                ".",
                ".5",
                "5.",
                "999999999999999999999999999999",
                "999999999999999",
                "1.0000000000000000000",
                "٣",
                "５",
                "Sun, 06 Nov 1994 08:49:37 GMT",
                "Sunday, 06-Nov-94 08:49:37 GMT",
                "Sun Nov  6 08:49:37 1994",
                "Sat, 21 Nov 2026 08:49:07 GMT",
                "Fri, 21 Nov 2026 08:50:07 GMT",
                "Sat, 31 Feb 2027 08:50:07 GMT",
                "2026-11-21T08:50:00Z",
                "Sat, 21 Nov 2026 25:00:00 GMT"
            })
    void whatMakesNoSenseIsNoHint(String text) {
        assertThat(hint(Map.of("retry-after", text))).isNull();
        assertThat(hint(Map.of("retry-after-ms", text))).isNull();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"banana", "", "-5", "NaN", "1e309", "999999999999999999999999999999"})
    void malformedMillisecondsLeaveTheSeconds(String text) {
        assertThat(hint(Map.of("retry-after-ms", text, "retry-after", "5"))).isEqualTo(Duration.ofSeconds(5));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "Sat, 21 Nov 2026 08:49:37 GMT",
                "Saturday, 21-Nov-26 08:49:37 GMT",
                "Sat Nov 21 08:49:37 2026",
                " Sat, 21 Nov 2026 08:49:37 GMT "
            })
    void datesAreReadInAllThreeForms(String date) {
        assertThat(hint(Map.of("retry-after", date))).isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "Sun, 06 Dec 2026 08:49:07 GMT",
                "Sunday, 06-Dec-26 08:49:07 GMT",
                "Sun Dec  6 08:49:07 2026",
                "Sun, 6 Dec 2026 08:49:07 GMT"
            })
    void daysOfOneDigitAreRead(String date) {
        assertThat(hint(Map.of("retry-after", date))).isEqualTo(Duration.ofDays(15));
    }

    @Test
    void datesAreReadWhateverTheLanguageOfTheMachine() {
        Locale before = Locale.getDefault();
        try {
            for (String tag : List.of("de-DE", "ar-EG", "th-TH-u-ca-buddhist", "ja-JP-u-ca-japanese")) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                datesAreReadInAllThreeForms("Sat, 21 Nov 2026 08:49:37 GMT");
                datesAreReadInAllThreeForms("Saturday, 21-Nov-26 08:49:37 GMT");
                datesAreReadInAllThreeForms("Sat Nov 21 08:49:37 2026");
                secondsAreRead("30", Duration.ofSeconds(30));
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void dateIsMeasuredAgainstTheResponsesOwn() {
        Map<String, String> headers =
                Map.of("retry-after", "Wed, 21 Oct 2015 07:28:30 GMT", "date", "Wed, 21 Oct 2015 07:28:00 GMT");
        assertThat(hint(headers)).isEqualTo(Duration.ofSeconds(30));
        assertThat(hint(Map.of(
                        "retry-after", "Wed, 21 Oct 2015 07:28:00 GMT", "date", "Wednesday, 21-Oct-15 07:28:30 GMT")))
                .isNull();
        assertThat(hint(Map.of("retry-after", "Sat, 21 Nov 2026 08:49:37 GMT", "date", "nonsense")))
                .as("a date that is none leaves our clock")
                .isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void noHeaderIsNoHint() {
        assertThat(hint(Map.of())).isNull();
        assertThat(RetryHint.of(new ResponseMetadata(429, Map.of("retry-after", List.of())), CLOCK))
                .isNull();
    }

    private static @Nullable Duration hint(Map<String, String> headers) {
        Map<String, List<String>> lists = new HashMap<>();
        headers.forEach((name, value) -> lists.put(name, List.of(value)));
        return RetryHint.of(new ResponseMetadata(429, lists), CLOCK);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"0", "0.0", "0.0000000001"})
    void millisecondsThatAreNoneLeaveTheSeconds(String text) {
        assertThat(hint(Map.of("retry-after-ms", text, "retry-after", "5"))).isEqualTo(Duration.ofSeconds(5));
    }
}
