package io.claudeflux.stream;

import static io.claudeflux.stream.Events.block;
import static io.claudeflux.stream.Events.d;
import static io.claudeflux.stream.Events.delta;
import static io.claudeflux.stream.Events.input;
import static io.claudeflux.stream.Events.raw;
import static io.claudeflux.stream.Events.signature;
import static io.claudeflux.stream.Events.start;
import static io.claudeflux.stream.Events.stop;
import static io.claudeflux.stream.Events.text;
import static io.claudeflux.stream.Events.thinking;
import static io.claudeflux.stream.Events.thought;
import static io.claudeflux.stream.Events.tool;
import static io.claudeflux.stream.Events.unknown;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.Json;
import io.claudeflux.message.ServerToolName;
import io.claudeflux.message.ServerToolUseBlock;
import io.claudeflux.message.TextBlock;
import io.claudeflux.message.ThinkingBlock;
import io.claudeflux.message.ToolUseBlock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deltas on blocks they were not made for, and bounds on what a block may become. */
class BlockFoldTests {
    private static final String SERVER_TOOL =
            "{\"type\":\"server_tool_use\",\"id\":\"s\",\"name\":\"web_search\",\"input\":{}}";
    private static final String MCP_TOOL = SERVER_TOOL.replace("server_tool_use", "mcp_tool_use");

    @Test
    void deltaOfAnotherKindIsLeftOut() {
        assertThat(block(start(), text(0), thought(0, "x"), input(0, "{}"), signature(0, "s"), d(0, "a"), stop(0)))
                .isEqualTo(new TextBlock("a"));
        assertThat(block(start(), thinking(0), d(0, "x"), input(0, "{}"), thought(0, "a"), stop(0)))
                .isEqualTo(new ThinkingBlock("a", ""));
        assertThat(block(start(), tool(0), d(0, "{\"rm\":1}"), thought(0, "{"), stop(0)))
                .isEqualTo(new ToolUseBlock("t0", "n", Json.emptyObject()));
        String summary = "{\"type\":\"compaction_delta\",\"content\":\"x\"}";
        assertThat(block(start(), text(0), delta(0, summary), d(0, "a"), stop(0)))
                .isEqualTo(new TextBlock("a"));
    }

    @Test
    void unknownBlockGrowsByNothingItDoesNotKnow() {
        String hologram = "{\"type\":\"hologram\",\"x\":1}";
        ContentBlock block = block(start(), raw(0, hologram), d(0, "a"), thought(0, "b"), signature(0, "c"), stop(0));
        assertThat(block).isEqualTo(unknown(hologram));
    }

    @Test
    void inputOfAServerToolIsGuessedOnlyWhileItIsOpen() {
        assertThat(block(start(), raw(0, MCP_TOOL), input(0, "{\"query\":\"har")))
                .isEqualTo(unknown(MCP_TOOL.replace("{}", "{\"query\":\"har\"}")));
        assertThat(block(start(), raw(0, MCP_TOOL), input(0, "{\"query\":\"har"), stop(0)))
                .isEqualTo(unknown(MCP_TOOL));

        assertThat(block(start(), raw(0, SERVER_TOOL), input(0, "{\"query\":\"har")))
                .isEqualTo(searching("{\"query\":\"har\"}", "{\"query\":\"har"));
        assertThat(block(start(), raw(0, SERVER_TOOL), input(0, "{\"query\":\"har"), stop(0)))
                .isEqualTo(searching("{}", "{\"query\":\"har"));
    }

    private static ContentBlock searching(String input, String text) {
        return new ServerToolUseBlock("s", ServerToolName.WEB_SEARCH, Json.emptyObject())
                .withInput(Json.parse(input), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"redacted_thinking\",\"data\":\"LONG\"}",
                "{\"type\":\"thinking\",\"thinking\":\"LONG\",\"signature\":\"\"}",
                "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"LONG\"}",
                "{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"n\",\"input\":{\"a\":\"LONG\"}}",
                "{\"type\":\"text\",\"text\":\"LONG\"}",
                "{\"type\":\"text\",\"text\":\"\",\"citations\":[{\"type\":\"a\",\"x\":\"LONG\"}]}",
                "{\"type\":\"server_tool_use\",\"id\":\"s\",\"name\":\"n\",\"input\":{\"a\":\"LONG\"}}",
                "{\"type\":\"web_search_tool_result\",\"tool_use_id\":\"s\",\"content\":[{\"type\":"
                        + "\"web_search_result\",\"url\":\"u\",\"title\":\"t\",\"encrypted_content\":\"LONG\"}]}",
                "{\"type\":\"hologram\",\"x\":\"LONG\"}"
            })
    void everySeedCountsForTheBound(String json) {
        MessageAccumulator bounded = new MessageAccumulator(1_000);
        bounded.add(start()).add(raw(0, json.replace("LONG", "x".repeat(1_000))));
        assertThat(bounded.snapshot().content()).isEmpty();
        assertThat(bounded.partial().isTruncated()).isTrue();
        bounded.add(d(0, "a")).add(stop(0)).add(text(1)).add(d(1, "b"));
        assertThat(bounded.snapshot().content()).isEmpty();
    }

    @Test
    void everyDeltaCountsForTheBound() {
        String words = "x".repeat(1_000);
        List<ContentBlockDelta> deltas = List.of(
                d(0, words),
                thought(0, words),
                input(0, words),
                signature(0, words),
                delta(0, "{\"type\":\"citations_delta\",\"citation\":{\"type\":\"" + words + "\"}}"),
                delta(0, "{\"type\":\"compaction_delta\",\"content\":\"" + words + "\"}"),
                delta(0, "{\"type\":\"compaction_delta\",\"content\":null,\"encrypted_content\":\"" + words + "\"}"));
        for (ContentBlockDelta delta : deltas) {
            MessageAccumulator bounded = new MessageAccumulator(1_000);
            bounded.add(start()).add(raw(0, "{\"type\":\"compaction\"}")).add(delta);
            assertThat(bounded.partial().isTruncated()).as(delta.delta().type()).isTrue();
            assertThat(bounded.snapshot().content()).containsExactly(unknown("{\"type\":\"compaction\"}"));
        }
    }

    @Test
    void cutThinkingIsNotSigned() {
        MessageAccumulator bounded = new MessageAccumulator(70);
        bounded.add(start())
                .add(thinking(0))
                .add(thought(0, "abc"))
                .add(thought(0, "defghij"))
                .add(signature(0, "s"));
        assertThat(bounded.snapshot().content()).containsExactly(new ThinkingBlock("abc", ""));
    }

    @Test
    void whatComesBehindAStopIsTheSameWhoeverLookedBefore() {
        ContentBlock called = block(start(), tool(0), input(0, "{\"a\":1}"), stop(0));
        for (boolean isLookedAt : new boolean[] {false, true}) {
            MessageAccumulator bounded = new MessageAccumulator(100);
            bounded.add(start()).add(tool(0)).add(input(0, "{\"a\":1}")).add(stop(0));
            if (isLookedAt) {
                bounded.snapshot();
            }
            bounded.add(input(0, " {}")).add(input(0, "x".repeat(200)));
            assertThat(bounded.snapshot().content())
                    .as("looked at before: " + isLookedAt)
                    .containsExactly(called);
        }
    }
}
