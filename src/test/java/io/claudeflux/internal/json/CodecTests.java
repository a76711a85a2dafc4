package io.claudeflux.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.internal.json.JsonTree.Variant;
import io.claudeflux.message.Json;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.Usage;
import io.claudeflux.stream.ContentBlockStop;
import io.claudeflux.stream.StreamEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON to records and back, over the whole vocabulary. */
class CodecTests {
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.claudeflux.internal.json.CodecCase#all")
    void valueComesBackWithTheSameMeaning(CodecCase codecCase) {
        Object value = codecCase.read(codecCase.json());

        assertThat(value.getClass().getSimpleName()).isEqualTo(codecCase.type());
        assertThat(Json.of(value).toMap()).isEqualTo(codecCase.written().toMap());
        assertThat(Json.of(value)).isEqualTo(codecCase.written());
        assertThat(codecCase.read(Json.of(value))).isEqualTo(value).hasSameHashCodeAs(value);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.claudeflux.internal.json.CodecCase#all")
    void unknownMembersAreKeptInEveryObject(CodecCase codecCase) {
        Json unknown = Json.parse("{\"a\":[1,\"\u2028\",null],\"b\":1.50}");
        for (Variant variant : JsonTree.eachObject(codecCase.json(), object -> object.put("x_new", unknown))) {
            String written = Json.of(codecCase.read(variant.json())).text();
            assertThat(written).as(variant.path()).contains("\"x_new\":" + unknown.text());
        }
    }

    @Test
    void everyTypeOfTheVocabularyHasACase() {
        Set<String> covered = CodecCase.all().map(CodecCase::type).collect(Collectors.toSet());
        List<String> known = new ArrayList<>();
        for (Class<?> type : CodecCase.vocabulary()) {
            Class<?>[] members = type.getPermittedSubclasses();
            Arrays.stream(members == null ? new Class<?>[] {type} : members)
                    .map(Class::getSimpleName)
                    .forEach(known::add);
        }
        assertThat(covered).containsExactlyInAnyOrderElementsOf(known);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.claudeflux.internal.json.CodecCase#received")
    void anyMemberMayBeMissingInWhatTheServerSends(CodecCase codecCase) {
        List<Variant> variants = new ArrayList<>(JsonTree.eachMemberMissing(codecCase.json()));
        variants.addAll(JsonTree.eachMemberNull(codecCase.json()));

        for (Variant variant : variants) {
            if (!isIndispensable(variant.path())) {
                assertThat(codecCase.read(variant.json())).as(variant.path()).isNotNull();
            }
        }
    }

    /** Without these an event or a delta says nothing. */
    private static boolean isIndispensable(String path) {
        return Set.of("[].index", "[].delta", "[].message", "[].content_block", "[].citation")
                .contains(path);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"a\"}}",
                "{\"type\":\"content_block_delta\",\"index\":0}",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":[]}",
                "{\"type\":\"content_block_delta\",\"index\":\"0\",\"delta\":{\"type\":\"text_delta\"}}",
                "{\"type\":\"content_block_delta\",\"index\":0.5,\"delta\":{\"type\":\"text_delta\"}}",
                "{\"type\":\"content_block_delta\",\"index\":2147483648,\"delta\":{\"type\":\"text_delta\"}}",
                "{\"type\":\"content_block_delta\",\"index\":1e400000000,\"delta\":{\"type\":\"text_delta\"}}",
                "{\"type\":\"content_block_delta\",\"index\":1e-400000000,\"delta\":{\"type\":\"text_delta\"}}",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":5}}",
                "{\"type\":\"content_block_start\",\"index\":0}",
                "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":7}",
                "{\"type\":\"content_block_stop\"}",
                "{\"type\":\"message_start\"}",
                "{\"type\":\"message_start\",\"message\":\"hi\"}",
                "{\"type\":\"message_start\",\"message\":{\"content\":{}}}",
                "{\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":\"many\"}}}",
                "{\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":9223372036854775808}}}",
                "{\"type\":\"message_delta\",\"delta\":[]}",
                "{\"type\":5}"
            })
    void eventThatLacksWhatItMustHaveIsMalformed(String json) {
        assertThatThrownBy(() -> Json.parse(json).as(StreamEvent.class))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(error -> assertThat(error.getMessage()).doesNotContain("many"));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"1000", "1e3", "1.0E+3", "1000.0", "1000.000e0", "100000e-2", "10E2"})
    void wholeNumbersAreReadInEveryWriting(String number) {
        Usage usage = Json.parse("{\"input_tokens\":" + number + ",\"output_tokens\":" + number
                        + ",\"cache_read_input_tokens\":" + number + "}")
                .as(Usage.class);

        assertThat(usage.inputTokens()).isEqualTo(1000);
        assertThat(usage.outputTokens()).isEqualTo(1000);
        assertThat(usage.cacheReadInputTokens()).isEqualTo(1000);
        assertThat(Json.parse("{\"type\":\"content_block_stop\",\"index\":" + number + "}")
                        .as(StreamEvent.class))
                .isEqualTo(new ContentBlockStop(1000));
    }

    @Test
    void streamingBodyIsTheRequestWithStreamOn() {
        for (CodecCase codecCase : CodecCase.group("requests")) {
            MessageRequest request = (MessageRequest) codecCase.read(codecCase.json());
            byte[] body = RequestWriter.streaming(request);

            Map<String, Object> expected = codecCase.written().toMap();
            expected.put("stream", true);
            assertThat(Json.parse(new String(body, StandardCharsets.UTF_8)).toMap())
                    .isEqualTo(expected);
        }
    }

    /** Of two with one name only the first would ever read. */
    @Test
    void noTwoCodecsOfAKindHaveOneName() {
        assertThat(names(
                        PromptBlocks.CODECS,
                        ThinkingBlocks.CODECS,
                        ToolBlocks.CODECS,
                        SearchBlocks.CODECS,
                        ExecutionBlocks.CODECS))
                .doesNotHaveDuplicates();
        assertThat(names(ClientTools.CODECS, ServerTools.CODECS)).doesNotHaveDuplicates();
    }

    private static List<String> names(List<?>... families) {
        return Stream.of(families)
                .flatMap(List::stream)
                .map(codec -> ((Codec<?>) codec).name())
                .toList();
    }
}
