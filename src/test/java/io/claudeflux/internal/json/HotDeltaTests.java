package io.claudeflux.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.message.Json;
import io.claudeflux.message.ResponseMetadata;
import io.claudeflux.stream.ContentBlockDelta;
import io.claudeflux.stream.InputJsonDelta;
import io.claudeflux.stream.SignatureDelta;
import io.claudeflux.stream.StreamEvent;
import io.claudeflux.stream.TextDelta;
import io.claudeflux.stream.ThinkingDelta;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short way never says anything but what the long way says. */
class HotDeltaTests {
    private static final String[] TYPES = {
        "\"content_block_delta\"",
        "\"content_block_delta\"",
        "\"content_block_delta\"",
        "\"content\\u005fblock_delta\"",
        "\"ping\"",
        "\"content_block_stop\"",
        "null",
        "5",
        "\"\""
    };
    private static final String[] INDICES = {
        "0", "0", "1", "2147483647", "2147483648", "-1", "-0", "1.0", "1e1", "0.5", "null", "\"0\"", "[]"
    };
    private static final String[] KINDS = {
        "text_delta", "text_delta", "input_json_delta", "thinking_delta", "signature_delta", "citations_delta", "x"
    };
    private static final String[] FIELDS = {"text", "partial_json", "thinking", "signature", "type", "text2"};
    private static final String[] EXTRAS = {
        "\"estimated_tokens\":3",
        "\"x\":null",
        "\"x\":{\"type\":\"text_delta\"}",
        "\"delta\":1",
        "\"index\":2",
        "\"type\":\"content_block_delta\"",
        "\"error\":{}"
    };
    private static final String[] TAILS = {"", " ", "\n", "x", "}", ",", "{}", "null"};

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "{\"type\":\"content_block_delta\",\"index\":3,\"delta\":{\"type\":\"text_delta\",\"text\":\"é\\n\"}}",
                " { \"delta\" : { \"text\" : \"é\\n\" , \"type\" : \"text_delta\" } , \"index\" : 3 ,"
                        + " \"type\" : \"content_block_delta\" } \n"
            })
    void usualDeltaTakesTheShortWay(String data) {
        assertThat(HotDelta.read(data)).isEqualTo(new ContentBlockDelta(3, new TextDelta("é\n")));
    }

    @Test
    void allFourKindsTakeTheShortWay() {
        assertThat(HotDelta.read(delta("input_json_delta", "partial_json")))
                .isEqualTo(new ContentBlockDelta(0, new InputJsonDelta("{\"a")));
        assertThat(HotDelta.read(delta("thinking_delta", "thinking")))
                .isEqualTo(new ContentBlockDelta(0, new ThinkingDelta("{\"a")));
        assertThat(HotDelta.read(delta("signature_delta", "signature")))
                .isEqualTo(new ContentBlockDelta(0, new SignatureDelta("{\"a")));
    }

    private static String delta(String type, String field) {
        return "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"" + type + "\",\"" + field
                + "\":\"{\\\"a\"}}";
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "{\"type\":\"content_block_delta\",\"delta\":{\"text\":1,\"index\":3,\"delta\":{\"type\":\"text_delta\","
                        + "\"text\":\"hidden\"}},\"index\":0}",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"a\"}",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"a\"}}}",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"a\"}} {",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"\\ud83\"}}",
                "[]",
                "",
                "null",
                "\"content_block_delta\""
            })
    void surpriseIsLeftToTheLongWay(String data) {
        assertThat(HotDelta.read(data)).isNull();
    }

    @Test
    void shortWayAgreesWithTheLongWay() {
        Random random = new Random(31);
        int hot = 0;
        for (int round = 0; round < 20_000; round++) {
            String data = random(random);
            ContentBlockDelta quick = HotDelta.read(data);
            if (quick != null) {
                hot++;
                assertThat(general(data)).as(data).isEqualTo(quick);
            }
        }
        assertThat(hot).isBetween(1_000, 18_000);
    }

    private static @Nullable StreamEvent general(String data) {
        return Events.read(Json.trusted(data), Slices.members(data), "", ResponseMetadata.none());
    }

    private static String random(Random random) {
        List<String> members = new ArrayList<>(Arrays.asList(
                "\"type\":" + (random.nextInt(3) > 0 ? TYPES[0] : pick(random, TYPES)),
                "\"index\":" + (random.nextInt(3) > 0 ? INDICES[0] : pick(random, INDICES)),
                "\"delta\":" + randomDelta(random)));
        if (random.nextInt(6) == 0) {
            members.remove(random.nextInt(3));
        }
        if (random.nextInt(4) == 0) {
            members.add(pick(random, EXTRAS));
        }
        Collections.shuffle(members, random);
        String data = "{" + String.join(random.nextBoolean() ? "," : " ,\n ", members) + "}"
                + (random.nextInt(3) > 0 ? "" : pick(random, TAILS));
        return random.nextInt(10) == 0 ? data.substring(0, random.nextInt(data.length())) : data;
    }

    private static String randomDelta(Random random) {
        int kind = random.nextInt(KINDS.length);
        String field = random.nextInt(4) == 0 ? pick(random, FIELDS) : FIELDS[Math.max(0, Math.min(kind - 1, 3))];
        String value = random.nextInt(5) == 0 ? RandomJson.text(random, 2) : RandomJson.string(random);
        List<String> members =
                new ArrayList<>(Arrays.asList("\"type\":\"" + KINDS[kind] + "\"", "\"" + field + "\":" + value));
        if (random.nextInt(6) == 0) {
            members.add(pick(random, EXTRAS));
        }
        if (random.nextInt(8) == 0) {
            members.add("\"" + pick(random, FIELDS) + "\":" + RandomJson.string(random));
        }
        if (random.nextInt(8) == 0) {
            members.remove(random.nextInt(members.size()));
        }
        Collections.shuffle(members, random);
        return "{" + String.join(", ", members) + "}";
    }

    private static String pick(Random random, String[] of) {
        return of[random.nextInt(of.length)];
    }
}
