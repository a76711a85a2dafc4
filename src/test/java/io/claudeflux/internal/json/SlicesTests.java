package io.claudeflux.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.message.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

/** Slices are the text of the parts to the character, wherever the parser's buffers end. */
class SlicesTests {
    /** From here on Jackson reads a string through a Reader, in buffers. */
    private static final int READER = 0x8000;

    private static final String[] GAPS = {"", " ", "\n\t", "  \r\n "};

    static List<String> values() {
        return List.of(
                "0",
                "-1",
                "12345678901234567890123",
                "1.50",
                "1e3",
                "-0.0E+10",
                "true",
                "false",
                "null",
                "\"\"",
                "\"plain\"",
                "\"\\\"quoted\\\\\\/ \\u00e9\\ud83d\\ude00 \\n\"",
                "\"é€豆腐😀\u2028\"",
                "\"}],{\"",
                "{}",
                "[]",
                "[ ]",
                "{ \"a\" : [ 1 , { \"b\" : null } ] , \"a\" : \"]\" }",
                "[1,[2,[3,\"x\\\\\"]]]",
                "[ \"a\" , 1.0 ]");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("values")
    void sliceOfAMemberIsItsText(String value) {
        for (String gap : GAPS) {
            String alone = gap + "{" + gap + "\"k\"" + gap + ":" + gap + value + gap + "}" + gap;
            assertThat(Slices.members(alone).get("k")).extracting(Json::text).isEqualTo(value);

            String amid = "{\"a\":" + value + gap + ",\"k\":" + gap + value + gap + ",\"z\":1}";
            assertThat(Slices.members(amid).get("k")).extracting(Json::text).isEqualTo(value);
            assertThat(Slices.members(amid).keySet()).containsExactly("a", "k", "z");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("values")
    void sliceOfAnElementIsItsText(String value) {
        for (String gap : GAPS) {
            String text = gap + "[" + gap + value + gap + "," + value + "," + gap + value + gap + "]" + gap;
            assertThat(Slices.elements(text)).extracting(Json::text).containsExactly(value, value, value);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("values")
    void sliceIsExactAtEveryEndOfTheParsersBuffer(String value) {
        int[] ends = {4_000, READER, 36_000};
        for (int end : ends) {
            for (int shift = -value.length() - 6; shift <= 3; shift++) {
                String padding = "\"" + "x".repeat(end + shift - 8) + "\"";
                String tail = ",\"t\":\"" + "y".repeat(READER) + "\"}";
                Map<String, Json> members = Slices.members("{\"p\":" + padding + ",\"k\": " + value + tail);

                assertThat(members.get("k")).extracting(Json::text).isEqualTo(value);
                assertThat(members.get("p")).extracting(Json::text).isEqualTo(padding);
            }
        }
    }

    @Test
    void longStringsWithEscapesAreWhole() {
        for (int length : new int[] {READER - 20, READER, READER * 2, 1 << 20}) {
            String value = "\"" + "a\\n\\u00e9😀".repeat(length / 10) + "\"";
            Map<String, Json> members = Slices.members(" {\"first\":[" + value + "],\"k\":" + value + ", \"n\" : 7 } ");

            assertThat(members.get("k")).extracting(Json::text).isEqualTo(value);
            assertThat(members.get("first")).extracting(Json::text).isEqualTo("[" + value + "]");
            assertThat(members.get("n")).extracting(Json::text).isEqualTo("7");
        }
    }

    @Test
    void slicesOfRandomObjectsAreTheirText() {
        Random random = new Random(20_261_121);
        for (int round = 0; round < 150; round++) {
            StringBuilder text = new StringBuilder("{");
            List<String> values = new ArrayList<>();
            int size = random.nextInt(40);
            for (int i = 0; i < size; i++) {
                String value = RandomJson.text(random, 4);
                if (random.nextInt(12) == 0) {
                    value = "\"" + "z".repeat(random.nextInt(9_000)) + "\"";
                }
                values.add(value);
                text.append(i == 0 ? "" : ",")
                        .append(gap(random))
                        .append("\"k")
                        .append(i)
                        .append("\"");
                text.append(gap(random))
                        .append(":")
                        .append(gap(random))
                        .append(value)
                        .append(gap(random));
            }

            assertThat(Slices.members(text.append("}").toString()).values())
                    .as("round " + round)
                    .extracting(Json::text)
                    .containsExactlyElementsOf(values);
        }
    }

    private static String gap(Random random) {
        return GAPS[random.nextInt(GAPS.length)];
    }

    @Test
    void repeatedNameKeepsItsLastValueInItsFirstPlace() {
        Map<String, Json> members = Slices.members("{\"a\":1,\"b\":2,\"a\":3}");
        assertThat(members.keySet()).containsExactly("a", "b");
        assertThat(members.get("a")).isEqualTo(Json.parse("3"));
    }

    @Test
    void namesAreUnescaped() {
        assertThat(Slices.members("{\"t\\u0079pe\":1,\"\":2,\"\\\"\":3}").keySet())
                .containsExactly("type", "", "\"");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,",
                "{\"a\":1,}",
                "{\"a\":1}}",
                "{\"a\":1}{}",
                "{\"a\":1} x",
                "{a:1}",
                "{'a':1}",
                "{\"a\":01}",
                "{\"a\":1.}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":NaN}",
                "{\"a\":tru}",
                "{\"a\":\"x}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"\n\"}",
                "{\"a\":[1,]}",
                "{\"a\":{\"b\":\"\\q\"}}",
                "{\"a\":[\"\u0001\"]}",
                "// c\n{}",
                "{\"a\":1}\u0000"
            })
    void brokenTextIsNoObject(String text) {
        assertThat(EventReader.isWholeObject(text)).isFalse();
        assertThatThrownBy(() -> Slices.members(text))
                .isInstanceOfAny(JacksonException.class, MalformedJsonException.class);
        assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"[]", "7", "null", "\"x\"", "[{}]", " true "})
    void otherValuesAreNoObject(String text) {
        assertThat(EventReader.isWholeObject(text)).isFalse();
        assertThatThrownBy(() -> Slices.members(text)).isInstanceOf(MalformedJsonException.class);
        assertThat(Json.parse(text).members()).isEmpty();
    }
}
