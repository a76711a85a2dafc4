package io.claudeflux.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.message.Json;
import io.claudeflux.message.JsonBinding;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** As much of an object as has arrived. */
class PartialJsonTests {
    @ParameterizedTest(name = "{0} shows {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{                         | {}",
                "{\"a                      | {}",
                "{\"a\"                    | {}",
                "{\"a\":                   | {}",
                "{\"a\":\"                 | {\"a\":\"\"}",
                "{\"a\":\"x                | {\"a\":\"x\"}",
                "{\"a\":\"x\\              | {\"a\":\"x\"}",
                "{\"a\":\"x\\n             | {\"a\":\"x\\n\"}",
                "{\"a\":\"x\\u             | {\"a\":\"x\"}",
                "{\"a\":\"x\\u00e          | {\"a\":\"x\"}",
                "{\"a\":\"x\\u00e9         | {\"a\":\"x\\u00e9\"}",
                "{\"a\":\"x\\ud83d         | {\"a\":\"x\"}",
                "{\"a\":\"x\\ud83d\\u      | {\"a\":\"x\"}",
                "{\"a\":\"x\\ud83d\\ude0   | {\"a\":\"x\"}",
                "{\"a\":\"x\\ud83d\\ude00  | {\"a\":\"x\\ud83d\\ude00\"}",
                "{\"a\":1                  | {}",
                "{\"a\":1,                 | {\"a\":1}",
                "{\"a\":-                  | {}",
                "{\"a\":1e                 | {}",
                "{\"a\":1}                 | {\"a\":1}",
                "{\"a\":t                  | {}",
                "{\"a\":true               | {\"a\":true}",
                "{\"a\":null,\"b           | {\"a\":null}",
                "{\"a\":[                  | {\"a\":[]}",
                "{\"a\":[1,2               | {\"a\":[1]}",
                "{\"a\":[\"x\",\"y         | {\"a\":[\"x\",\"y\"]}",
                "{\"a\":[{\"b\":\"c\"},{\" | {\"a\":[{\"b\":\"c\"},{}]}",
                "{\"a\":{\"b\":{\"c\":\"d  | {\"a\":{\"b\":{\"c\":\"d\"}}}",
                "{\"a\":{\"b\":1},\"c\":2  | {\"a\":{\"b\":1}}",
                "{\"a\":\"}\",\"b\":\"{    | {\"a\":\"}\",\"b\":\"{\"}",
            })
    void beginningIsReadAsFarAsItGoes(String fragment, String shown) {
        assertThat(complete(fragment)).isEqualTo(Json.parse(shown));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"", " ", "[", "[1", "\"", "nonsense", "7", "}", "]]", "{]", "{\"a\" 1", "{{", "{,", ":", "\\"})
    void whatIsNoObjectShowsNothing(String fragment) {
        assertThat(complete(fragment)).isEqualTo(Json.emptyObject());
    }

    @Test
    void everyPrefixOfEveryObjectIsAPrefixInMeaning() {
        Random random = new Random(7_411);
        for (int round = 0; round < 120; round++) {
            String whole = RandomJson.object(random, 4);
            Object meaning = Json.parse(whole).toMap();
            for (int end = 0; end <= whole.length(); end++) {
                String fragment = whole.substring(0, end);
                Object shown = complete(fragment).toMap();
                assertThat(isPrefix(shown, meaning))
                        .as("round " + round + ": " + fragment + " shows " + shown)
                        .isTrue();
            }
            assertThat(complete(whole)).isEqualTo(Json.parse(whole));
        }
    }

    @Test
    void nothingThatWasShownIsTakenBack() {
        Random random = new Random(99);
        for (int round = 0; round < 60; round++) {
            String whole = RandomJson.object(random, 3);
            Object before = Map.of();
            for (int end = 0; end <= whole.length(); end++) {
                Object shown = complete(whole.substring(0, end)).toMap();
                assertThat(isPrefix(before, shown)).as(whole.substring(0, end)).isTrue();
                before = shown;
            }
        }
    }

    @Test
    void randomGarbageNeverThrows() {
        Random random = new Random(5);
        String alphabet = "{}[]\",:\\u0d8te1 -.nf\ud83d\ude00\n";
        for (int round = 0; round < 5_000; round++) {
            StringBuilder garbage = new StringBuilder("{");
            int length = random.nextInt(30);
            for (int i = 0; i < length; i++) {
                garbage.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(complete(garbage.toString()).isObject()).isTrue();
        }
    }

    @Test
    void nestingBeyondTheParsersBoundsShowsNothing() {
        assertThat(complete("{\"a\":".repeat(5_000))).isEqualTo(Json.emptyObject());
        assertThat(complete("{\"a\":" + "[".repeat(5_000))).isEqualTo(Json.emptyObject());
    }

    @Test
    void timeIsLinear() {
        String open = "line \\\"x\\\" \\u00e9\\n";
        String deep = "{\"b\":[1,2,\"x\"]},";
        assertThat(cost("{\"code\":\"" + open.repeat(80_000)))
                .isLessThan(24 * cost("{\"code\":\"" + open.repeat(10_000)));
        assertThat(cost("{\"a\":[" + deep.repeat(80_000))).isLessThan(24 * cost("{\"a\":[" + deep.repeat(10_000)));
    }

    /** The least processor time of some runs, which neighbours on the machine hardly change. */
    private static long cost(String fragment) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 12; i++) {
            long start = threads.getCurrentThreadCpuTime();
            assertThat(complete(fragment).isObject()).isTrue();
            best = Math.min(best, threads.getCurrentThreadCpuTime() - start);
        }
        return best;
    }

    private static Json complete(String fragment) {
        return JsonBinding.installed().completeObject(fragment);
    }

    /** Whether a value could be the beginning of another: all but the last member are the same. */
    private static boolean isPrefix(@Nullable Object part, @Nullable Object whole) {
        if (part instanceof Map<?, ?> map && whole instanceof Map<?, ?> all) {
            List<?> names = new ArrayList<>(map.keySet());
            return names.equals(new ArrayList<>(all.keySet()).subList(0, Math.min(names.size(), all.size())))
                    && isPrefix(new ArrayList<>(map.values()), new ArrayList<>(all.values()));
        }
        if (part instanceof List<?> list && whole instanceof List<?> all) {
            int last = list.size() - 1;
            return last < all.size()
                    && (last < 0
                            || (list.subList(0, last).equals(all.subList(0, last))
                                    && isPrefix(list.get(last), all.get(last))));
        }
        if (part instanceof String text && whole instanceof String all) {
            return all.startsWith(text);
        }
        return part == null ? whole == null : part.equals(whole);
    }
}
