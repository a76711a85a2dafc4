package io.claudeflux.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTests {
    @ParameterizedTest(name = "{0} means {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"a\":1,\"b\":2}      | { \"b\" : 2 , \"a\" : 1 }",
                "1000                   | 1e3",
                "1                      | 1.0",
                "-0                     | 0.0",
                "0e10                   | 0",
                "1.50                   | 15E-1",
                "12345678901234567890   | 1.2345678901234567890e19",
                "\"\\u00e9\"            | \"é\"",
                "\"\\/\"                | \"/\"",
                "{\"a\":[{\"b\":1.0}]}  | {\"a\" : [ {\"b\":1} ] }",
                "{\"a\":1,\"a\":2}      | {\"a\":2}",
                "null                   | null",
                "[]                     | [ ]",
                "{}                     | { }",
            })
    void valuesThatMeanTheSameAreEqual(String one, String other) {
        assertThat(Json.parse(one)).isEqualTo(Json.parse(other)).hasSameHashCodeAs(Json.parse(other));
        assertThat(Json.parse(one).text()).isEqualTo(one);
    }

    @ParameterizedTest(name = "{0} is not {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "1                   | \"1\"",
                "[1,2]               | [2,1]",
                "{\"a\":null}        | {}",
                "null                | false",
                "0                   | false",
                "\"\"                | null",
                "9007199254740993    | 9007199254740992",
                "0.1                 | 0.10000000000000000001",
                "{}                  | []",
            })
    void valuesThatMeanAnotherThingDiffer(String one, String other) {
        assertThat(Json.parse(one)).isNotEqualTo(Json.parse(other));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "{", "nul", "1 2", "{} x", "[1,]", "\"a", "'a'", "NaN", "\u0000", "{\"a\":\"\n\"}"})
    void brokenTextIsRefusedAndNotQuoted(String text) {
        String withSecret = text + " /*SECRET";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.parse(withSecret))
                .satisfies(error -> assertThat(error.toString()).doesNotContain("SECRET"))
                .withNoCause();
        assertThatIllegalArgumentException().isThrownBy(() -> Json.parse(text));
    }

    @Test
    void nestingHasALimit() {
        assertThat(Json.parse("[".repeat(200) + "]".repeat(200)).elements()).hasSize(1);
        assertThatIllegalArgumentException().isThrownBy(() -> Json.parse("[".repeat(201) + "]".repeat(201)));
        assertThatIllegalArgumentException().isThrownBy(() -> Json.parse("[".repeat(100_000)));
    }

    @Test
    void endlessValueHasNoJsonForm() {
        Map<String, Object> endless = new LinkedHashMap<>();
        endless.put("self", endless);
        assertThatIllegalArgumentException().isThrownBy(() -> Json.of(endless));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.of(Map.of("SECRET", new Object())))
                .satisfies(error -> assertThat(error.getMessage()).contains("no JSON form"))
                .withNoCause();
    }

    @Test
    void textIsNeverShown() {
        Json json = Json.parse("{\"prompt\":\"secret\"}");
        assertThat(json.toString()).isEqualTo("Json(19 chars)");
        assertThat(List.of(json).toString()).doesNotContain("secret");
    }

    @Test
    void javaValuesAreWritten() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("z", null);
        map.put("a", List.of(1, 2.5, true, "x\"\n\u2028😀"));
        map.put("m", Map.of());
        assertThat(Json.of(map).text()).isEqualTo("{\"z\":null,\"a\":[1,2.5,true,\"x\\\"\\n\u2028😀\"],\"m\":{}}");
        assertThat(Json.of(null).isNull()).isTrue();
        assertThat(Json.of(new BigDecimal("1.10")).text()).isEqualTo("1.10");
        Json json = Json.parse("{ }");
        assertThat(Json.of(json)).isSameAs(json);
    }

    @Test
    void mapsKeepOrderAndExactNumbers() {
        Map<String, Object> map = Json.parse(
                        "{\"b\":1,\"a\":5000000000,\"c\":12345678901234567890,\"d\":0.1,\"e\":null,"
                                + "\"f\":[{\"g\":true}]}")
                .toMap();
        assertThat(map.keySet()).containsExactly("b", "a", "c", "d", "e", "f");
        assertThat(map)
                .containsEntry("b", 1)
                .containsEntry("a", 5_000_000_000L)
                .containsEntry("c", new BigInteger("12345678901234567890"))
                .containsEntry("d", new BigDecimal("0.1"))
                .containsEntry("e", null)
                .containsEntry("f", List.of(Map.of("g", true)));
        map.put("new", 1);
        assertThat(Json.parse(" [ 1 , null ] ").toList()).isEqualTo(Arrays.asList(1, null));
    }

    @Test
    void partsAreTheTextTheyCameAs() {
        Json json = Json.parse(" { \"a\" : { \"x\" : 1.0 } , \"n\" : null } ");
        assertThat(json.members().keySet()).containsExactly("a", "n");
        assertThat(json.get("a").orElseThrow().text()).isEqualTo("{ \"x\" : 1.0 }");
        assertThat(json.get("n").orElseThrow().isNull()).isTrue();
        assertThat(json.get("b")).isEmpty();
        assertThat(Json.parse("[1.0]").elements()).extracting(Json::text).containsExactly("1.0");
    }

    @Test
    void partsOfWhatHasNoneAreNone() {
        for (String text : List.of("1", "\"{}\"", "null", " true ")) {
            Json json = Json.parse(text);
            assertThat(json.members()).isEmpty();
            assertThat(json.elements()).isEmpty();
            assertThat(json.get("a")).isEmpty();
            assertThat(json.isObject()).isFalse();
            assertThatIllegalStateException().isThrownBy(json::toMap);
            assertThatIllegalStateException().isThrownBy(json::toList);
        }
        assertThatIllegalStateException().isThrownBy(() -> Json.parse("[]").toMap());
        assertThatIllegalStateException().isThrownBy(() -> Json.parse("{}").toList());
    }

    @Test
    void partsCannotBeChanged() {
        Map<String, Json> members = Json.parse("{\"a\":1}").members();
        List<Json> elements = Json.parse("[1]").elements();
        Json one = Json.parse("1");
        assertThat(members).isUnmodifiable();
        assertThat(elements).isUnmodifiable();
        assertThat(new ArrayList<>(elements)).containsExactly(one);
    }

    @Test
    void stringsAreUnescaped() {
        assertThat(Json.parse(" \"a\\u00e9\\n\\ud83d\\ude00\" ").asString()).contains("aé\n😀");
        assertThat(Json.parse("1").asString()).isEmpty();
        assertThat(Json.parse("null").asString()).isEmpty();
    }

    @Test
    void numberThatTheMemberCannotHoldIsAMisfitAndNoBrokenJson() {
        record Small(int size) {}

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.parse("{\"size\": 12345678901}").as(Small.class))
                .withMessageContaining("does not fit")
                .withMessageNotContaining("12345678901");
    }

    @Test
    void misfitsNameThePlaceAndQuoteNothing() {
        record City(String name, int people) {}
        record Country(List<City> cities) {}
        Json json = Json.parse("{\"cities\":[{\"name\":\"n\",\"people\":\"SECRET\"}]}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> json.as(Country.class))
                .withNoCause()
                .satisfies(error -> assertThat(error.getMessage())
                        .contains(".cities[0].people")
                        .doesNotContain("SECRET"));
    }

    @Test
    void mapOfAnApplicationIsWrittenAsItsAnnotationsSay() {
        assertThat(Json.of(new Amount()).text()).isEqualTo("\"5 EUR\"");
        assertThat(Json.of(Map.of("price", new Amount())).text()).isEqualTo("{\"price\":\"5 EUR\"}");
    }

    private static final class Amount extends HashMap<String, Object> {
        @JsonValue
        String inWords() {
            return "5 EUR";
        }
    }
}
