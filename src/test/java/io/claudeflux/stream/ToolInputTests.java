package io.claudeflux.stream;

import static io.claudeflux.stream.Events.input;
import static io.claudeflux.stream.Events.raw;
import static io.claudeflux.stream.Events.start;
import static io.claudeflux.stream.Events.stop;
import static io.claudeflux.stream.Events.tool;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.message.Json;
import io.claudeflux.message.ToolUseBlock;
import io.claudeflux.stream.ToolInput.Growing;
import io.claudeflux.stream.ToolInput.Invalid;
import io.claudeflux.stream.ToolInput.Valid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs of tools, cut wherever they can be cut. */
class ToolInputTests {
    private static final String DEEP = "{\"a\":".repeat(150) + "1" + "}".repeat(150);

    record Edit(@Nullable String path, @Nullable List<Integer> lines) {}

    /** All that is shown of one call. */
    private static List<ToolInput> shown(StreamEvent... events) {
        ToolInputFold fold = new ToolInputFold();
        List<ToolInput> shown = new ArrayList<>();
        for (StreamEvent event : events) {
            ToolInput input = fold.add(event);
            if (input != null) {
                shown.add(input);
            }
        }
        shown.addAll(fold.end());
        return shown;
    }

    private static ToolInput last(StreamEvent... events) {
        List<ToolInput> shown = shown(events);
        return shown.get(shown.size() - 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " { } ",
                "",
                " \n\t",
                "{\"path\":\"a\\\\b\\n\\\"c\\\"/\\u00e9\\ud83d\\ude00\"}",
                "{\"e\":\"\uD83D\uDE00\uD83D\uDE00 é ü 漢\",\"\uD83D\uDE00\":\"\uD83D\uDE00\"}",
                "{\"a\":[1,-2.5e+10,0.1,true,false,null,[],{},\"\"],\"b\":{\"c\":{\"d\":[[[1],2],3]}}}",
                "{ \"n\" : 12345678901234567890 , \"x\" : [ 1 , 2 ] , \"y\" : \"z\" }",
                "{\"half\":\"\\ud83d\",\"end\":1}",
                "{\"half\":\"\uD83D\"}"
            })
    void cutAnywhereItNeitherFailsNorLosesText(String whole) {
        @Nullable Object before = Map.of();
        for (int cut = 0; cut <= whole.length(); cut++) {
            String text = whole.substring(0, cut);
            List<ToolInput> shown = shown(start(), tool(0), input(0, text), stop(0));
            Growing growing = (Growing) shown.get(text.isEmpty() ? 0 : 1);
            assertThat(growing.raw()).isEqualTo(text);
            Object now = growing.soFar().toMap();
            assertThat(isGrownFrom(before, now)).as("at %s", cut).isTrue();
            before = now;
            ToolInput end = shown.get(shown.size() - 1);
            boolean isWhole =
                    text.isBlank() || text.strip().length() == whole.strip().length();
            assertThat(end).as("at %s", cut).isInstanceOf(isWhole ? Valid.class : Invalid.class);
            assertThat(end.raw()).isEqualTo(text.isBlank() ? "{}" : text);
            assertAgreesWithTheMessage(end, text);
        }
    }

    /** The view must not call valid what the message calls malformed. */
    private static void assertAgreesWithTheMessage(ToolInput end, String text) {
        ToolUseBlock block = (ToolUseBlock) Events.block(start(), tool(0), input(0, text), stop(0));
        assertThat(end instanceof Valid).isEqualTo(block.isInputValid());
        if (end instanceof Valid valid) {
            assertThat(valid.input().text()).isEqualTo(block.input().text());
        } else {
            assertThat(block.malformedInput()).contains(end.raw());
        }
    }

    @Test
    void cutIntoRandomPiecesItShowsTheSame() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String whole = "{\"a\":[1,2,{\"b\":\"\uD83D\uDE00\\ud83d\\ude00\"}],\"c\":\"" + "long ".repeat(400) + "\"}";
        for (int run = 0; run < 200; run++) {
            List<StreamEvent> events = new ArrayList<>(List.of(start(), tool(0)));
            for (int from = 0; from < whole.length(); ) {
                int to = Math.min(whole.length(), from + 1 + random.nextInt(40));
                events.add(input(0, whole.substring(from, to)));
                from = to;
            }
            events.add(stop(0));
            List<ToolInput> shown = shown(events.toArray(StreamEvent[]::new));
            @Nullable Object before = Map.of();
            for (ToolInput input : shown) {
                assertThat(whole).as("seed %s", seed).startsWith(input.raw());
                Object now = input instanceof Growing growing
                        ? growing.soFar().toMap()
                        : ((Valid) input).input().toMap();
                assertThat(isGrownFrom(before, now)).as("seed %s", seed).isTrue();
                before = now;
            }
            assertThat(shown.get(shown.size() - 1).raw()).as("seed %s", seed).isEqualTo(whole);
        }
    }

    /** Members stay, strings and lists only grow, all else stays as it is. */
    private static boolean isGrownFrom(@Nullable Object before, @Nullable Object now) {
        if (before instanceof Map<?, ?> old && now instanceof Map<?, ?> map) {
            return old.entrySet().stream()
                    .allMatch(member -> map.containsKey(member.getKey())
                            && isGrownFrom(member.getValue(), map.get(member.getKey())));
        }
        if (before instanceof List<?> old && now instanceof List<?> list) {
            boolean isGrown = old.size() <= list.size();
            for (int i = 0; isGrown && i < old.size(); i++) {
                isGrown = isGrownFrom(old.get(i), list.get(i));
            }
            return isGrown;
        }
        if (before instanceof String old && now instanceof String text) {
            return text.startsWith(old);
        }
        return before == null ? now == null : before.equals(now);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[1]", "1", "\"a\"", "null", "{\"a\":1}}", "{\"a\" 1}", "{a:1}", "no json", "\uDE00", "{\u0000}"
            })
    void whatIsNoObjectIsInvalidWithItsTextAndWithoutItInTheReason(String text) {
        Invalid invalid = (Invalid) last(start(), tool(0), input(0, text), stop(0));
        assertThat(invalid.raw()).isEqualTo(text);
        assertThat(invalid.reason()).isNotBlank().doesNotContain("no json").doesNotContain("\uDE00");
        assertThat(invalid.toString()).doesNotContain(text.length() > 4 ? text : "\uDE00");
        assertAgreesWithTheMessage(invalid, text);
    }

    @Test
    void deepAndLongInputIsTextLikeAnyOther() {
        for (int cut = 0; cut <= DEEP.length(); cut++) {
            String text = DEEP.substring(0, cut);
            assertThat(last(start(), tool(0), input(0, text)).raw()).isEqualTo(text.isEmpty() ? "{}" : text);
        }
        String tooDeep = "{\"a\":".repeat(400);
        Growing growing = (Growing) shown(start(), tool(0), input(0, tooDeep)).get(1);
        assertThat(growing.soFar()).isEqualTo(Json.emptyObject());
        assertThat(last(start(), tool(0), input(0, tooDeep), stop(0))).isInstanceOf(Invalid.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"server_tool_use", "mcp_tool_use"})
    void toolsOfOthersAreShownByTheirKind(String type) {
        ToolInput end = last(
                start(),
                raw(3, "{\"type\":\"" + type + "\",\"id\":\"s1\",\"name\":\"web_search\",\"input\":{}}"),
                input(3, "{\"query\":"),
                input(3, "\"a\"}"),
                stop(3));
        assertThat(end)
                .isEqualTo(new Valid(new ToolInput.Call(3, type, "s1", "web_search"), Json.parse("{\"query\":\"a\"}")));
        assertThat(end.call().isOurs()).isFalse();
        assertThat(end.index()).isEqualTo(3);
        assertThat(end.id()).isEqualTo("s1");
        assertThat(end.name()).isEqualTo("web_search");
    }

    @Test
    void blocksWithoutInputAreNoCalls() {
        assertThat(shown(
                        start(),
                        raw(0, "{\"type\":\"web_search_tool_result\",\"tool_use_id\":\"s\",\"content\":[]}"),
                        input(0, "{}"),
                        stop(0),
                        Events.text(1),
                        input(1, "{}"),
                        stop(1)))
                .isEmpty();
    }

    @Test
    void callsThatInterleaveAreKeptApart() {
        List<ToolInput> shown = shown(
                start(),
                tool(0),
                tool(1),
                input(0, "{\"a\":"),
                input(1, "{\"b\":"),
                input(0, "1}"),
                stop(0),
                input(1, "2"));
        shown.removeIf(Growing.class::isInstance);
        assertThat(shown).extracting(ToolInput::id).containsExactly("t0", "t1");
        assertThat(shown.get(0)).isInstanceOf(Valid.class).returns("{\"a\":1}", ToolInput::raw);
        assertThat(shown.get(1)).isInstanceOf(Invalid.class).returns("{\"b\":2", ToolInput::raw);
    }

    @Test
    void inputThatCameWithTheBlockIsTheInput() {
        String block = "{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"n\",\"input\":{\"a\":1}}";
        assertThat(last(start(), raw(0, block), stop(0)).raw()).isEqualTo("{\"a\":1}");
    }

    @Test
    void growingInputBindsOnceItFits() {
        Growing early = (Growing) shown(start(), tool(0), input(0, "{\"path\":\"a.txt\",\"lines\":[1,2"))
                .get(1);
        assertThat(early.tryAs(Edit.class)).contains(new Edit("a.txt", List.of(1)));
        Growing misfit =
                (Growing) shown(start(), tool(0), input(0, "{\"path\":[\"")).get(1);
        assertThat(misfit.tryAs(Edit.class)).isEmpty();
    }

    @Test
    void whatWasShownStaysAsItWas() {
        ToolInputFold fold = new ToolInputFold();
        fold.add(tool(0));
        Growing early = (Growing) fold.add(input(0, "{\"a\":\"b"));
        fold.add(input(0, "c".repeat(10_000)));
        assertThat(early).isNotNull();
        assertThat(early.raw()).isEqualTo("{\"a\":\"b");
        assertThat(early.length()).isEqualTo(7);
        assertThat(early.toString()).doesNotContain("\"b");
    }

    @Test
    void readingEveryLookAtALongInputIsLinear() {
        int length = 1 << 20;
        ToolInputFold fold = new ToolInputFold();
        fold.add(tool(0));
        fold.add(input(0, "{\"text\":\""));
        long looks = 0;
        long read = 0;
        for (int arrived = 0; arrived < length; arrived += 10) {
            ToolInput input = fold.add(input(0, "0123456789"));
            if (input instanceof Growing growing) {
                looks++;
                read += growing.length();
            }
        }
        System.out.println("1 MiB in pieces of 10: " + looks + " looks, " + read + " characters to read");
        assertThat(read).isLessThan(66L * length);
        assertThat(looks).isBetween(300L, 2_000L);
    }
}
