package io.claudeflux.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.claudeflux.error.Finding;
import io.claudeflux.internal.preflight.Preflight;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where breakpoints are placed, and that the API's rules hold wherever they are. */
class CacheBreakpointsTests {
    private static final CacheBreakpoints DEFAULTS = CacheBreakpoints.defaults();
    private static final CacheBreakpoints LONG_PREFIX =
            CacheBreakpoints.of(CacheControl.oneHour(), CacheControl.ephemeral());
    private static final Json SCHEMA = Json.parse("{\"type\":\"object\"}");

    private static MessageRequestBuilder request() {
        return MessageRequest.builder().model("claude-sonnet-5-5").maxTokens(100);
    }

    private static MessageRequestBuilder full() {
        return request()
                .tool(new CustomTool("a", "d", SCHEMA))
                .tool(new CustomTool("b", "d", SCHEMA))
                .system(List.of(new TextBlock("s0"), new TextBlock("s1")))
                .user("u0");
    }

    /** The places that have a breakpoint, with its life. */
    private static List<String> places(MessageRequest request) {
        List<String> places = new ArrayList<>();
        if (request.cacheControl() != null) {
            places.add("automatic");
        }
        for (int i = 0; i < request.tools().size(); i++) {
            add(places, "tool " + i, request.tools().get(i));
        }
        for (int i = 0; i < request.system().size(); i++) {
            add(places, "system " + i, request.system().get(i));
        }
        for (int i = 0; i < request.messages().size(); i++) {
            List<ContentBlock> content = request.messages().get(i).content();
            for (int j = 0; j < content.size(); j++) {
                add(places, "block " + i + "." + j, content.get(j));
            }
        }
        return places;
    }

    private static void add(List<String> places, String name, Object part) {
        CacheControl control = part instanceof Cacheable<?> cacheable ? cacheable.cacheControl() : null;
        if (control != null) {
            places.add(name + (control.ttl() == null ? "" : " " + control.ttl()));
        }
        if (part instanceof ToolResultBlock result) {
            result.content().forEach(nested -> add(places, name + " nested", nested));
        }
        if (part instanceof SearchResultBlock result) {
            result.content().forEach(nested -> add(places, name + " nested", nested));
        }
        if (part instanceof DocumentBlock document && document.source() instanceof MediaSource.Blocks source) {
            source.content().forEach(nested -> add(places, name + " nested", nested));
        }
    }

    private static MessageParam calls(int count) {
        List<ContentBlock> uses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            uses.add(new ToolUseBlock("t" + i, "a", Json.emptyObject()));
        }
        return new MessageParam(Role.ASSISTANT, uses);
    }

    private static MessageParam results(int count) {
        List<ContentBlock> results = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            results.add(ToolResultBlock.of("t" + i, "r"));
        }
        return new MessageParam(Role.USER, results);
    }

    @Test
    void toolsSystemAndConversationAreMarkedAtTheirEnds() {
        assertThat(places(DEFAULTS.place(full().build()))).containsExactly("tool 1", "system 1", "block 0.0");
        assertThat(places(LONG_PREFIX.place(full().assistant("a").user("u1").build())))
                .containsExactly("tool 1 1h", "system 1 1h", "block 2.0");
        assertThat(places(DEFAULTS.place(request().user("u0").build()))).containsExactly("block 0.0");
        assertThat(places(DEFAULTS.place(request().assistant("a").build()))).isEmpty();
    }

    @Test
    void formerEndIsMarkedOnceTheServerWouldNotLookBackToIt() {
        MessageRequestBuilder short9 = full().message(calls(9)).message(results(9));
        assertThat(places(DEFAULTS.place(short9.build()))).containsExactly("tool 1", "system 1", "block 2.8");
        MessageRequestBuilder long10 = full().message(calls(10)).message(results(10));
        assertThat(places(DEFAULTS.place(long10.build())))
                .containsExactly("tool 1", "system 1", "block 0.0", "block 2.9");
        MessageRequest ofItsOwn = long10.message(MessageParam.assistant("a"))
                .message(new MessageParam(
                        Role.USER, List.of(new TextBlock("x").withCacheControl(CacheControl.ephemeral()))))
                .build();
        assertThat(places(DEFAULTS.place(ofItsOwn))).containsExactly("tool 1", "system 1", "block 4.0");
    }

    @Test
    void whatTakesNoneIsPassedOver() {
        MessageRequest request = request()
                .tool(new CustomTool("a", "d", SCHEMA))
                .tool(new CustomTool("b", "d", SCHEMA, null, Json.parse("{\"defer_loading\": true}")))
                .tool(UnknownTool.of(Json.parse("{\"type\":\"bash_20250124\",\"name\":\"bash\"}")))
                .system(List.of(new TextBlock("s"), new TextBlock(" \n")))
                .message(MessageParam.user(
                        new TextBlock("u"),
                        new TextBlock(""),
                        UnknownBlock.of(Json.parse("{\"type\":\"container_upload\",\"file_id\":\"f\"}"))))
                .build();
        assertThat(places(DEFAULTS.place(request))).containsExactly("tool 0", "system 0", "block 0.0");
    }

    @Test
    void automaticOneTakesThePlaceAtTheEnd() {
        MessageRequestBuilder automatic = full().cacheControl(CacheControl.ephemeral());
        assertThat(places(DEFAULTS.place(automatic.build()))).containsExactly("automatic", "tool 1", "system 1");
        assertThat(places(DEFAULTS.place(
                        automatic.message(calls(10)).message(results(10)).build())))
                .containsExactly("automatic", "tool 1", "system 1", "block 0.0");
        assertThat(places(DEFAULTS.place(
                        full().cacheControl(CacheControl.oneHour()).build())))
                .as("what is ahead of an hour lives as long")
                .containsExactly("automatic", "tool 1 1h", "system 1 1h");
    }

    @Test
    void breakpointsOfTheRequestStayAndCount() {
        TextBlock marked = new TextBlock("x").withCacheControl(CacheControl.ephemeral());
        ContentBlock raw = UnknownBlock.of(Json.parse("{\"type\":\"search_result\",\"content\":[{\"type\":\"text\","
                + "\"text\":\"a\",\"cache_control\": {\"type\":\"ephemeral\"}}],"
                + "\"cache_control\":{\"type\":\"ephemeral\"}}"));
        MessageRequest three = full().message(MessageParam.assistant("a"))
                .message(MessageParam.user(marked, raw, new TextBlock("u1")))
                .build();
        assertThat(places(DEFAULTS.place(three))).containsExactly("block 2.0", "block 2.2");
        MessageRequest four = full().system(List.of(marked))
                .message(MessageParam.assistant("a"))
                .message(MessageParam.user(marked, raw, new TextBlock("u1")))
                .build();
        assertThat(DEFAULTS.place(four)).isSameAs(four);
        assertThat(places(LONG_PREFIX.place(request()
                        .tool(new CustomTool("a", "d", SCHEMA, CacheControl.ephemeral(), Json.emptyObject()))
                        .system("s")
                        .user("u")
                        .build())))
                .as("what is behind five minutes lives no longer")
                .containsExactly("tool 0", "system 0", "block 0.0");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void everyPlacedRequestPassesPreflight(int options) {
        CacheBreakpoints breakpoints = List.of(
                        DEFAULTS, LONG_PREFIX, CacheBreakpoints.of(CacheControl.oneHour(), CacheControl.oneHour()))
                .get(options);
        long seed = System.nanoTime();
        System.out.println("conversations of seed " + seed);
        Conversations conversations = new Conversations(seed);
        for (int run = 0; run < 1_500; run++) {
            MessageRequest request = conversations.next();
            MessageRequest placed = breakpoints.place(request);
            List<String> before = places(request);
            List<String> after = places(placed);
            assertThat(findings(placed)).as("seed %s, run %s", seed, run).isEqualTo(findings(request));
            assertThat(after)
                    .as("seed %s, run %s", seed, run)
                    .containsAll(before)
                    .hasSizeLessThanOrEqualTo(4);
            assertThat(breakpoints.place(placed))
                    .as("seed %s, run %s", seed, run)
                    .isSameAs(placed);
            MessageRequest moved = breakpoints.move(request);
            assertThat(findings(moved)).as("seed %s, run %s", seed, run).isEqualTo(findings(request));
            assertThat(breakpoints.move(moved)).as("seed %s, run %s", seed, run).isEqualTo(moved);
        }
    }

    private static List<Finding> findings(MessageRequest request) {
        return Preflight.check(request, new Preflight.Terms("2023-06-01", Set.of()));
    }

    @Test
    void conversationMayNotOutliveWhatIsAheadOfIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheBreakpoints.of(CacheControl.ephemeral(), CacheControl.oneHour()));
    }

    @Test
    void requestItselfIsNotChanged() {
        MessageRequest request = full().build();
        DEFAULTS.place(request);
        assertThat(places(request)).isEmpty();
    }
}
