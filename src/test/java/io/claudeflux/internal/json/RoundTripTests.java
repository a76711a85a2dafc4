package io.claudeflux.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.internal.json.JsonTree.Variant;
import io.claudeflux.message.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What this version has never heard of comes back in its place, wherever in the vocabulary a server puts it. */
class RoundTripTests {
    private static final int ROUNDS = 60;

    /** Messages and usage are not sent back: a null says as little as absence there. */
    private static final Set<String> ONLY_RECEIVED = Set.of("usages", "messages", "events");

    private static final Set<String> SENT_BACK = Set.of("blocks", "citations", "tools");

    /** What the model or the application must say: a null is taken for nothing, and nothing is written for it. */
    private static final Pattern NEVER_NULL = Pattern.compile(
            ".*(\\.(text|thinking|signature|data|input|id|name|tool_use_id|is_error|citations|cache_control)"
                    + "|cache_control\\]\\.\\w+|source\\]\\.\\w+)");

    /** Those whose JSON is written as it was read. */
    static Stream<CodecCase> exact() {
        return CodecCase.all().filter(each -> each.json().equals(each.written()));
    }

    static Stream<CodecCase> received() {
        Set<String> requests = Set.of("requests", "turns", "choices", "thinking");
        return exact().filter(each -> !requests.contains(each.group()));
    }

    static Stream<CodecCase> sentBack() {
        return exact().filter(each -> SENT_BACK.contains(each.group()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("exact")
    void unknownFieldsAndNullsComeBackWhereverTheyStand(CodecCase codecCase) {
        boolean withNulls = !ONLY_RECEIVED.contains(codecCase.group());
        check(codecCase, (tree, random) -> addFields(tree, random, withNulls));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("received")
    void unknownMembersOfListsComeBackWhereverTheyStand(CodecCase codecCase) {
        check(codecCase, RoundTripTests::addElements);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sentBack")
    void knownFieldThatIsNullIsSaidAgain(CodecCase codecCase) {
        for (Variant variant : JsonTree.eachMemberNull(codecCase.json())) {
            if (!NEVER_NULL.matcher(variant.path()).matches()) {
                assertThat(Json.of(codecCase.read(variant.json())))
                        .as(variant.path())
                        .isEqualTo(variant.json());
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sentBack")
    void knownFieldOfAnotherKindBreaksNothingAndComesBack(CodecCase codecCase) {
        for (Object odd : List.of("odd", 7, -1.5, true, List.of(1), List.of("a"), Map.of("type", "odd"), Map.of())) {
            for (Variant variant : JsonTree.eachMember(codecCase.json(), (object, name) -> object.put(name, odd))) {
                assertThat(Json.of(codecCase.read(variant.json())))
                        .as(variant.path() + " = " + odd)
                        .isEqualTo(variant.json());
            }
        }
    }

    private static void check(CodecCase codecCase, Bend bend) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            Map<String, @Nullable Object> tree = codecCase.json().toMap();
            bend.at(tree, random);
            Json bent = Json.of(tree);
            Object value = codecCase.read(bent);
            assertThat(Json.of(value)).as("seed %d, %s", seed, bent.text()).isEqualTo(bent);
            assertThat(codecCase.read(Json.of(value))).as("seed %d", seed).isEqualTo(value);
        }
    }

    @FunctionalInterface
    private interface Bend {
        void at(@Nullable Object node, Random random);
    }

    private static void addFields(@Nullable Object node, Random random, boolean withNulls) {
        children(node).forEach(child -> addFields(child, random, withNulls));
        if (node instanceof Map<?, ?> && random.nextBoolean()) {
            Map<String, @Nullable Object> object = asObject(node);
            if (withNulls) {
                object.put("x_null", null);
            }
            object.put("x_" + random.nextInt(3), Json.parse(RandomJson.object(random, 3)));
        }
    }

    private static void addElements(@Nullable Object node, Random random) {
        children(node).forEach(child -> addElements(child, random));
        if (node instanceof List<?> list
                && !list.isEmpty()
                && list.get(0) instanceof Map<?, ?>
                && random.nextBoolean()) {
            Map<String, @Nullable Object> novelty = new LinkedHashMap<>();
            novelty.put("type", "novelty");
            novelty.put("x", Json.parse(RandomJson.object(random, 3)));
            asList(node).add(random.nextInt(list.size() + 1), novelty);
        }
    }

    private static List<@Nullable Object> children(@Nullable Object node) {
        if (node instanceof Map<?, ?>) {
            return new ArrayList<>(asObject(node).values());
        }
        return node instanceof List<?> ? new ArrayList<>(asList(node)) : List.of();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> asObject(Object node) {
        return (Map<String, @Nullable Object>) node;
    }

    @SuppressWarnings("unchecked")
    private static List<@Nullable Object> asList(Object node) {
        return (List<@Nullable Object>) node;
    }
}
