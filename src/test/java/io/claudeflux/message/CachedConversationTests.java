package io.claudeflux.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.message.PromptCache.Cost;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What placed breakpoints save over a conversation, against the cache as it is documented. */
class CachedConversationTests {
    private static final CacheBreakpoints BREAKPOINTS = CacheBreakpoints.defaults();
    private static final int TURNS = 40;

    private static MessageRequest first() {
        return MessageRequest.builder()
                .model("claude-sonnet-5-5")
                .maxTokens(100)
                .tool(new CustomTool("a", "d".repeat(500), Json.parse("{\"type\":\"object\"}")))
                .system("s".repeat(1_000))
                .user("u".repeat(200))
                .build();
    }

    /** The next request: an answer, and what the user says to it; some answers call up to 60 tools at once. */
    private static MessageRequest grown(MessageRequest request, Random random) {
        if (random.nextInt(3) > 0) {
            return request.toBuilder()
                    .message(new MessageParam(
                            Role.ASSISTANT, List.of(new ThinkingBlock("hm", "s"), new TextBlock("a".repeat(300)))))
                    .user("u".repeat(100))
                    .build();
        }
        List<ContentBlock> uses = new ArrayList<>();
        List<ContentBlock> results = new ArrayList<>();
        for (int i = 1 + random.nextInt(60); i > 0; i--) {
            uses.add(new ToolUseBlock("t" + i, "a", Json.emptyObject()));
            results.add(ToolResultBlock.of("t" + i, "r".repeat(random.nextInt(200))));
        }
        return request.toBuilder()
                .message(new MessageParam(Role.ASSISTANT, uses))
                .message(new MessageParam(Role.USER, results))
                .build();
    }

    /** Which part of all that was sent was read from the cache, in percent. */
    private static long readShare(List<Cost> costs) {
        long read = 0;
        long all = 0;
        for (Cost cost : costs) {
            read += cost.read();
            all += cost.read() + cost.written() + cost.plain();
        }
        return 100 * read / all;
    }

    /** Asks turn by turn; the next request is made of the one that was placed, or of the one before placing. */
    private static List<Cost> talk(long seed, UnaryOperator<MessageRequest> place, boolean isGrownFromPlaced) {
        Random random = new Random(seed);
        PromptCache cache = new PromptCache();
        List<Cost> costs = new ArrayList<>();
        MessageRequest request = first();
        for (int turn = 0; turn < TURNS; turn++) {
            MessageRequest placed = place.apply(request);
            costs.add(cache.ask(placed));
            request = grown(isGrownFromPlaced ? placed : request, random);
        }
        return costs;
    }

    @Test
    void everyTurnReadsAllThatTheTurnBeforeWrote() {
        long seed = System.nanoTime();
        for (int run = 0; run < 20; run++) {
            List<Cost> placed = talk(seed + run, BREAKPOINTS::place, false);
            assertThat(placed).as("seed %s", seed + run).isEqualTo(talk(seed + run, BREAKPOINTS::move, true));
            for (int turn = 1; turn < TURNS; turn++) {
                Cost before = placed.get(turn - 1);
                assertThat(placed.get(turn).read())
                        .as("seed %s, turn %s", seed + run, turn)
                        .isGreaterThanOrEqualTo(before.read() + before.written());
            }
        }
        assertThat(readShare(talk(seed, BREAKPOINTS::place, false)))
                .as("seed %s", seed)
                .isGreaterThan(80);
        System.out.println("seed " + seed + ", read from the cache over " + TURNS + " turns: placed "
                + readShare(talk(seed, BREAKPOINTS::place, false)) + " %, the end only "
                + readShare(talk(seed, CachedConversationTests::endOnly, false)) + " %, placed on top of placed "
                + readShare(talk(seed, BREAKPOINTS::place, true)) + " %");
    }

    /** As the automatic breakpoint of the API does. */
    private static MessageRequest endOnly(MessageRequest request) {
        List<MessageParam> turns = new ArrayList<>(request.messages());
        MessageParam last = turns.remove(turns.size() - 1);
        List<ContentBlock> content = new ArrayList<>(last.content());
        Cacheable<?> end = (Cacheable<?>) content.remove(content.size() - 1);
        content.add((ContentBlock) end.withCacheControl(CacheControl.ephemeral()));
        turns.add(new MessageParam(last.role(), content));
        return request.toBuilder().messages(turns).build();
    }

    @Test
    void theEndAloneIsNotFoundAgainBehindManyToolCalls() {
        PromptCache cache = new PromptCache();
        cache.ask(endOnly(first()));
        MessageRequest wide = first();
        List<ContentBlock> uses = new ArrayList<>();
        List<ContentBlock> results = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            uses.add(new ToolUseBlock("t" + i, "a", Json.emptyObject()));
            results.add(ToolResultBlock.of("t" + i, "r"));
        }
        wide = wide.toBuilder()
                .message(new MessageParam(Role.ASSISTANT, uses))
                .message(new MessageParam(Role.USER, results))
                .build();
        assertThat(cache.ask(endOnly(wide)).read()).isZero();
        cache.ask(BREAKPOINTS.place(first()));
        assertThat(cache.ask(BREAKPOINTS.place(wide)).read()).isGreaterThan(1_700);
    }

    @Test
    void anotherConversationReadsToolsAndSystem() {
        PromptCache cache = new PromptCache();
        cache.ask(BREAKPOINTS.place(first()));
        Cost other = cache.ask(BREAKPOINTS.place(first().toBuilder()
                .messages(List.of(MessageParam.user("something else")))
                .build()));
        assertThat(other.read()).isGreaterThan(1_500);
    }
}
