package io.claudeflux.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.claudeflux.internal.sse.SseFrame;
import io.claudeflux.message.Json;
import io.claudeflux.message.JsonBinding;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.ResponseMetadata;
import io.claudeflux.message.Role;
import io.claudeflux.stream.MessageAccumulator;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON made to cost more than its length, or to make something it should not. */
@Timeout(5)
class JsonBoundsTests {
    /** In each of these a library that works the number out takes minutes, gigabytes, or an overflow. */
    private static final String HUGE = "1e999999999";

    @ParameterizedTest(name = "the number {0}")
    @ValueSource(strings = {HUGE, "-1e999999999", "1e-999999999", "1e1000000000", "1e2147483647", "0e999999999"})
    void exponentsThatANumberCanHaveAreComparedByValue(String number) {
        Json inside = Json.parse("{\"a\":[" + number + "]}");

        assertThat(inside)
                .isEqualTo(Json.parse("{ \"a\" : [ " + number + " ] }"))
                .hasSameHashCodeAs(Json.parse("{ \"a\" : [ " + number + " ] }"));
        exponentsCostNothingAndBreakNothing(number);
    }

    @ParameterizedTest(name = "the number {0}")
    @ValueSource(
            strings = {
                "10e2147483647",
                "1e2147483648",
                "1e-2147483648",
                "10e-2147483649",
                "0.1e-2147483647",
                "1e99999999999999999999",
                "-0e-99999999999",
                "1000e2147483645"
            })
    void exponentsCostNothingAndBreakNothing(String number) {
        Json alone = Json.parse(number);
        Json inside = Json.parse("{\"a\":[" + number + "]}");

        assertThat(alone).isEqualTo(Json.parse(number)).isNotEqualTo(Json.parse("7"));
        assertThat(inside).isEqualTo(Json.parse("{\"a\":[" + number + "]}")).isNotEqualTo(alone);
        assertThat(inside).hasSameHashCodeAs(Json.parse("{\"a\":[" + number + "]}"));
        assertThat(inside.get("a").orElseThrow().elements()).containsExactly(alone);
        onlyOurs(inside::toMap);
        onlyOurs(() -> alone.as(Integer.class));
        onlyOurs(() -> alone.as(Long.class));
        onlyOurs(() -> alone.as(BigInteger.class));
        onlyOurs(() -> alone.as(BigDecimal.class));
        onlyOurs(() -> alone.as(Double.class));
        onlyOurs(() -> alone.as(String.class));
    }

    @Test
    @DisplayName("numbers equal by value are equal, whatever their exponent")
    void numbersAreComparedByValue() {
        assertThat(Json.parse("1e999999999")).isEqualTo(Json.parse("10e999999998"));
        assertThat(Json.parse("100")).isEqualTo(Json.parse("1e2")).hasSameHashCodeAs(Json.parse("1e2"));
        assertThat(Json.parse("0e5")).isEqualTo(Json.parse("0"));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "{\"model\":\"m\",\"max_tokens\":1e999999999,\"messages\":[]}",
                "{\"model\":\"m\",\"max_tokens\":99999999999999999999,\"messages\":[]}",
                "{\"model\":\"m\",\"max_tokens\":1,\"messages\":[],\"temperature\":1e-999999999}"
            })
    void aRequestWithAHugeNumberIsReadOrRefused(String json) {
        onlyOurs(() -> Json.parse(json).as(MessageRequest.class));
    }

    @Test
    void aNullAmongTheStopSequencesIsRefused() {
        Json request = Json.parse("{\"model\":\"m\",\"max_tokens\":1,\"messages\":[],\"stop_sequences\":[null]}");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> request.as(MessageRequest.class))
                .withMessageContaining("stop_sequences");
    }

    @Test
    void aFieldOfADeltaThatTheMessageHasAlreadyIsNotWrittenTwice() {
        EventReader reader = new EventReader(ResponseMetadata.none());
        MessageAccumulator message = new MessageAccumulator();
        for (String event : List.of(
                "{\"type\":\"message_start\",\"message\":{\"id\":\"m1\",\"role\":\"assistant\",\"model\":\"m\"}}",
                "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\",\"type\":\"x\",\"role\":\"user\","
                        + "\"content\":[1],\"new\":2},\"usage\":{\"output_tokens\":1}}",
                "{\"type\":\"message_stop\"}")) {
            message.add(Objects.requireNonNull(reader.read(new SseFrame("message", event, ""))));
        }

        Json written = Json.of(message.message());

        assertThat(written.text()).containsOnlyOnce("\"role\"").containsOnlyOnce("\"content\"");
        assertThat(written.get("type").flatMap(Json::asString)).contains("message");
        assertThat(written.get("new")).contains(Json.parse("2"));
        assertThat(Json.of(written.as(Message.class))).isEqualTo(written);
    }

    @Test
    void nullIsNoRole() {
        assertThatIllegalArgumentException().isThrownBy(() -> Json.parse("null").as(Role.class));
    }

    @Test
    void usageBeyondAnIntegerIsReadOrRefused() {
        for (String number : List.of(HUGE, "9".repeat(30), "-1", "1.5", "\"5\"")) {
            onlyOurs(() -> Json.parse("{\"id\":\"x\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\","
                            + "\"content\":[],\"stop_reason\":null,\"usage\":{\"input_tokens\":" + number
                            + ",\"output_tokens\":" + number + "}}")
                    .as(Message.class));
        }
    }

    @Test
    void aNumberOf100DigitsIsTakenAndOneMoreIsNot() {
        String digits = "7".repeat(100);

        assertThat(Json.parse("[" + digits + "]").toList()).containsExactly(new BigInteger(digits));
        assertThatIllegalArgumentException().isThrownBy(() -> Json.parse(digits + "7"));
        assertThatIllegalArgumentException().isThrownBy(() -> Json.parse("[" + digits + "7]"));
    }

    @ParameterizedTest(name = "{0} digits before the point")
    @ValueSource(ints = {1, 50, 91, 99, 100})
    void aNumberThatTheTextEndsWithHasNoMoreDigitsThanAnother(int whole) {
        String number = "6".repeat(whole) + "." + "6".repeat(103 - whole);

        for (String text : List.of(number, "\n" + number, number + " ", "[" + number + "]", "-" + number)) {
            assertThatIllegalArgumentException().as(text).isThrownBy(() -> Json.parse(text));
        }
        String longest = "-" + "6".repeat(99) + ".6";
        assertThat(Json.parse(longest)).isEqualTo(Json.parse(longest + " "));
    }

    @Test
    void aNameOf1024CharactersIsTakenAndOneMoreIsNot() {
        String name = "n".repeat(1024);

        assertThat(Json.parse("{\"" + name + "\":1}").members()).containsKey(name);
        assertThatIllegalArgumentException().isThrownBy(() -> Json.parse("{\"" + name + "n\":1}"));
        assertThatIllegalArgumentException().isThrownBy(() -> Json.parse("{\"a\":{\"" + name + "n\":1}}"));
    }

    @Test
    void aStringOf16MCharactersIsTakenAndOneMoreIsNot() {
        String text = "s".repeat(16 << 20);

        assertThat(Json.parse('"' + text + '"').asString().orElseThrow()).hasSize(16 << 20);
        // The bound is looked at once for each piece of the parser's buffer.
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Json.parse('"' + text + "s".repeat(1 << 20) + '"').asString());
    }

    @Test
    void depth200IsTakenAndOneMoreIsNotWhereverItIsLookedInto() {
        for (int depth : new int[] {201, 5_000, 200_000}) {
            String deep = "[".repeat(depth) + "]".repeat(depth);
            String objects = "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
            for (String text : List.of(deep, objects)) {
                assertThatIllegalArgumentException().isThrownBy(() -> Json.parse(text));
                Json trusted = Json.trusted(text);
                onlyOurs(trusted::members);
                onlyOurs(trusted::elements);
                onlyOurs(() -> trusted.as(Map.class));
                onlyOurs(() -> trusted.as(MessageRequest.class));
                assertThat(trusted).isEqualTo(Json.trusted(text)).isNotEqualTo(Json.parse("1"));
            }
            assertThat(JsonBinding.installed().completeObject(objects.substring(0, depth * 5)))
                    .isEqualTo(Json.emptyObject());
        }
        String whole = "{\"a\":".repeat(200) + "1" + "}".repeat(200);
        assertThat(Json.parse(whole)).isEqualTo(Json.parse(whole + " ")).hasSameHashCodeAs(Json.parse(whole + " "));
    }

    @Test
    void aNameGivenTwiceHasItsLastValueHoweverItIsLookedAt() {
        Json twice = Json.parse("{\"a\":1,\"b\":2,\"a\":3}");

        assertThat(twice.members()).containsEntry("a", Json.parse("3")).hasSize(2);
        assertThat(twice.toMap()).containsEntry("a", 3).hasSize(2);
        assertThat(twice).isEqualTo(Json.parse("{\"a\":3,\"b\":2}"));
        assertThat(twice.text()).isEqualTo("{\"a\":1,\"b\":2,\"a\":3}");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "[\"io.claudeflux.internal.json.JsonBoundsTests$Trap\",{\"name\":\"x\"}]",
                "{\"@class\":\"io.claudeflux.internal.json.JsonBoundsTests$Trap\",\"name\":\"x\"}",
                "{\"@type\":\"io.claudeflux.internal.json.JsonBoundsTests$Trap\",\"@c\":\".Trap\"}"
            })
    void aClassNameInDataIsData(String text) {
        Json json = Json.parse(text);

        Object read = json.as(Object.class);

        assertThat(read).isInstanceOfAny(Map.class, List.class);
        assertThat(json).isEqualTo(Json.parse(text + " "));
        assertThat(read.toString()).contains("$Trap");
        assertThat(DataBinding.MAPPER.deserializationConfig().getDefaultTyper(null))
                .isNull();
        assertThatIllegalArgumentException().isThrownBy(() -> json.as(Runnable.class));
    }

    /** Whatever comes of it: a value, or an exception that the documentation names. */
    private static void onlyOurs(Runnable reading) {
        try {
            reading.run();
        } catch (IllegalArgumentException expected) {
            assertThat(expected).isNotInstanceOf(NumberFormatException.class);
            assertThat(expected.getMessage()).hasSizeLessThan(300).doesNotContain("99999", "21474");
            assertThat(expected).hasNoCause();
        }
    }

    /** Must not come to life because a text names it. */
    static final class Trap {
        Trap() {
            throw new AssertionError("made from data");
        }
    }
}
