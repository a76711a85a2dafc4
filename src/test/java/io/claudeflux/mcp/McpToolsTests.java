package io.claudeflux.mcp;

import static io.claudeflux.simulator.Reply.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.ClaudeClient;
import io.claudeflux.error.ConfigurationException;
import io.claudeflux.fixture.Await;
import io.claudeflux.message.CustomTool;
import io.claudeflux.message.Json;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.simulator.Block;
import io.claudeflux.simulator.ClaudeSimulator;
import io.claudeflux.tool.ClientTool;
import io.claudeflux.tool.ToolEvent;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** Tools of a server, listed, and called in runs. */
@Timeout(60)
class McpToolsTests {
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final Map<String, Object> SCHEMA =
            Map.of("type", "object", "properties", Map.of("city", Map.of("type", "string")));
    private static final MessageRequest REQUEST = MessageRequest.builder()
            .model("claude-sonnet-5-5")
            .maxTokens(1024)
            .user("What is the weather?")
            .build();

    private final ClaudeSimulator claude = ClaudeSimulator.start();
    private final ClaudeClient client =
            ClaudeClient.builder().apiKey("test").baseUrl(claude.baseUrl()).build();

    @AfterEach
    void close() {
        client.close();
        claude.close();
    }

    private static Map<String, Object> tool(String name) {
        return Map.of("name", name, "description", "does " + name, "inputSchema", SCHEMA);
    }

    private static Map<String, Object> text(String text) {
        return Map.of("type", "text", "text", text);
    }

    /** One tool, whose calls are answered with this. */
    private static McpServer server(@Nullable Object answer) {
        return McpServer.answering(
                call -> call.method().equals("tools/list") ? Map.of("tools", List.of(tool("get_weather"))) : answer);
    }

    private static List<ClientTool> list(McpTools tools) {
        List<ClientTool> all = tools.list().block(WAIT);
        return all == null ? List.of() : all;
    }

    /** The result that the model is told of one call. */
    private Json told(McpTools tools) {
        claude.enqueue(reply(new Block.ToolUse("toolu_1", "get_weather", "{\"city\":\"Bern\"}")), reply("Done."));
        Message answer = client.tools(list(tools)).create(REQUEST).block(WAIT);
        assertThat(answer).isNotNull().extracting(Message::text).isEqualTo("Done.");
        List<Json> turns = claude.requests()
                .get(claude.requests().size() - 1)
                .body()
                .get("messages")
                .orElseThrow()
                .elements();
        return turns.get(2).get("content").orElseThrow().elements().get(0);
    }

    private Json told(@Nullable Object answer) {
        return told(McpTools.of(server(answer).client()));
    }

    private static boolean isError(Json result) {
        return result.get("is_error").map(flag -> flag.text().equals("true")).orElse(false);
    }

    private static String words(Json result) {
        Json content = result.get("content").orElseThrow();
        return content.asString()
                .orElseGet(() -> content.elements().stream()
                        .map(block -> block.get("text")
                                .flatMap(Json::asString)
                                .orElse("<" + block.get("type").orElseThrow().text() + ">"))
                        .reduce("", (a, b) -> a.isEmpty() ? b : a + "|" + b));
    }

    @Test
    void toolsHaveNameDescriptionAndSchemaOfTheServer() {
        List<ClientTool> tools = list(McpTools.of(server(null).client()));

        assertThat(tools).hasSize(1);
        CustomTool definition = (CustomTool) tools.get(0).definition();
        assertThat(definition.name()).isEqualTo("get_weather");
        assertThat(definition.description()).isEqualTo("does get_weather");
        assertThat(definition.inputSchema()).isEqualTo(Json.of(SCHEMA));
    }

    @Test
    void schemasWithoutATypeGetTheOneThatTheApiAsksFor() {
        McpServer server = McpServer.answering(call -> Map.of(
                "tools",
                List.of(
                        Map.of("name", "a", "inputSchema", Map.of("properties", Map.of())),
                        Map.of("name", "b", "inputSchema", Map.of()),
                        Map.of("name", "c"))));

        assertThat(list(McpTools.of(server.client())))
                .extracting(tool -> ((CustomTool) tool.definition()).inputSchema())
                .containsExactly(
                        Json.parse("{\"type\":\"object\",\"properties\":{}}"),
                        Json.parse("{\"type\":\"object\"}"),
                        Json.parse("{\"type\":\"object\"}"));
    }

    @Test
    void namesGetThePrefixAndOnlyWhatTheApiTakes() {
        McpServer server = McpServer.answering(call -> call.method().equals("tools/list")
                ? Map.of("tools", List.of(tool("repo/list.all")))
                : Map.of("content", List.of(text(String.valueOf(call.get("name"))))));
        McpTools tools = McpTools.of(server.client()).withPrefix("github_");
        assertThat(list(tools)).extracting(ClientTool::name).containsExactly("github_repo_list_all");

        claude.enqueue(reply(new Block.ToolUse("toolu_1", "github_repo_list_all", "{}")), reply("Done."));
        assertThat(client.tools(list(tools))
                        .run(REQUEST)
                        .ofType(ToolEvent.ToolEnd.class)
                        .blockFirst(WAIT))
                .satisfies(end -> assertThat(words(Json.of(end.result()))).isEqualTo("repo/list.all"));
        assertThatThrownBy(() -> list(tools.withPrefix("x".repeat(120)))).isInstanceOf(ConfigurationException.class);
    }

    /** Pages of one tool each. */
    private static McpServer pages(int count) {
        return McpServer.answering(call -> {
            int page = call.get("cursor") == null ? 0 : Integer.parseInt(String.valueOf(call.get("cursor")));
            Map<String, Object> tools = Map.of("tools", List.of(tool("tool_" + page)));
            return page == count - 1
                    ? tools
                    : Map.of("tools", tools.get("tools"), "nextCursor", String.valueOf(page + 1));
        });
    }

    @Test
    void allPagesAreFetched() {
        assertThat(list(McpTools.of(pages(3).client())))
                .extracting(ClientTool::name)
                .containsExactly("tool_0", "tool_1", "tool_2");
        assertThat(list(McpTools.of(pages(3).client()).withMaxTools(3))).hasSize(3);
    }

    @Test
    void serverWithMoreThanItMayIsRefusedEvenIfItsPagesAreEmpty() {
        McpServer endless = McpServer.answering(call -> Map.of("tools", List.of(), "nextCursor", "more"));
        McpServer large = McpServer.answering(call -> Map.of(
                "tools", IntStream.range(0, 200).mapToObj(i -> tool("t" + i)).toList()));

        assertThatThrownBy(() -> list(McpTools.of(pages(4).client()).withMaxTools(3)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("more than 3");
        for (McpServer server : List.of(endless, large)) {
            assertThatThrownBy(() -> list(McpTools.of(server.client()))).isInstanceOf(ConfigurationException.class);
        }
        assertThat(endless.asked).hasSizeLessThanOrEqualTo(130);
    }

    @Test
    void modelCallsAToolOfTheServerAndIsToldItsResult() {
        McpServer server = McpServer.answering(call -> call.method().equals("tools/list")
                ? Map.of("tools", List.of(tool("get_weather")))
                : Map.of("content", List.of(text("18 degrees in " + call.get("arguments")))));

        Json result = told(McpTools.of(server.client()));

        assertThat(words(result)).isEqualTo("18 degrees in {city=Bern}");
        assertThat(isError(result)).isFalse();
        assertThat(server.asked).containsExactly("initialize", "tools/list", "tools/call");
    }

    @Test
    void whatTheApiTakesIsToldAndAWordInPlaceOfTheRest() {
        String png = Base64.getEncoder()
                .encodeToString(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0});
        Json result = told(Map.of(
                "content",
                List.of(
                        text("see"),
                        text(" "),
                        Map.of("type", "image", "data", png, "mimeType", "image/tiff"),
                        Map.of("type", "image", "data", "no image", "mimeType", "image/png"),
                        Map.of("type", "audio", "data", png, "mimeType", "audio/wav"),
                        Map.of("type", "resource", "resource", Map.of("uri", "file:///a", "text", "read")),
                        Map.of("type", "resource_link", "name", "b", "uri", "file:///b")),
                "structuredContent",
                Map.of("left", "out")));

        assertThat(words(result))
                .isEqualTo("see|<\"image\">|[image left out: it cannot be shown here]"
                        + "|[audio left out: it cannot be shown here]|read|b: file:///b");
        assertThat(result.text()).contains("image/png").doesNotContain("image/tiff");
    }

    @Test
    void structuredContentIsToldWhereThereIsNothingElse() {
        assertThat(words(told(Map.of("content", List.of(), "structuredContent", Map.of("degrees", 18)))))
                .isEqualTo("{\"degrees\":18}");
    }

    @Test
    void longResultsAreCutAndTheModelKnows() {
        McpTools tools = McpTools.of(
                        server(Map.of("content", List.of(text("1234"), text("567\ud83d\ude00"), text("never"))))
                                .client())
                .withMaxResultChars(8);

        assertThat(words(told(tools))).isEqualTo("1234|567\n[cut: the result is longer than may be shown]");
    }

    @Test
    void whatIsLeftOutBehindAFullResultIsToldToo() {
        McpTools tools = McpTools.of(
                        server(Map.of("content", List.of(text("1234"), text("5678"), text("never"), text("nor this"))))
                                .client())
                .withMaxResultChars(8);

        assertThat(words(told(tools))).isEqualTo("1234|5678|[cut: the result is longer than may be shown]");
    }

    private static Map<String, Object> image(int bytes) {
        byte[] png = Arrays.copyOf(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'}, bytes);
        return Map.of("type", "image", "data", Base64.getEncoder().encodeToString(png), "mimeType", "image/png");
    }

    @Test
    void imagesAreToldAsFarAsARequestHasRoomForThem() {
        int most = (5 << 20) / 4 * 3;

        assertThat(words(told(
                        Map.of("content", List.of(image(most + 1), image(most), image(most), image(most), image(9))))))
                .isEqualTo("[image left out: it cannot be shown here]|<\"image\">|<\"image\">|<\"image\">"
                        + "|[image left out: it cannot be shown here]");
    }

    @Test
    void failureWithoutWordsIsOneAllTheSame() {
        assertThat(words(told(Map.of("content", List.of(), "isError", true)))).isNotBlank();
    }

    @Test
    void failuresAreToldInTheServersWords() {
        Json failed = told(Map.of("content", List.of(text("no such city")), "isError", true));
        assertThat(isError(failed)).isTrue();
        assertThat(words(failed)).isEqualTo("no such city");

        Json refused = told(new JSONRPCError(-32602, "unknown parameter"));
        assertThat(isError(refused)).isTrue();
        assertThat(words(refused)).contains("unknown parameter");
    }

    @Test
    void serverThatNeverAnswersIsAFailureOnceTheToolIsLate() {
        McpTools tools = McpTools.of(server(null).client());
        claude.enqueue(reply(new Block.ToolUse("toolu_1", "get_weather", "{}")), reply("Done."));

        List<ToolEvent> events = client.tools(list(tools))
                .withTimeout(Duration.ofMillis(100))
                .run(REQUEST)
                .collectList()
                .block(WAIT);

        assertThat(events)
                .filteredOn(ToolEvent.ToolEnd.class::isInstance)
                .singleElement()
                .satisfies(end ->
                        assertThat(((ToolEvent.ToolEnd) end).result().isError()).isTrue());
    }

    @Test
    void cancelOfTheRunCancelsTheCall() {
        McpServer server = server(null);
        List<ClientTool> tools = list(McpTools.of(server.client()));
        claude.enqueue(reply(new Block.ToolUse("toolu_1", "get_weather", "{}")));
        List<JSONRPCResponse> discarded = new CopyOnWriteArrayList<>();
        Disposable run = client.tools(tools)
                .run(REQUEST)
                .doOnDiscard(JSONRPCResponse.class, discarded::add)
                .subscribe();
        Await.untilOrFail("the call", WAIT, () -> server.asked.contains("tools/call"));
        run.dispose();

        // The client of MCP shows a cancelled call only by what it does with an answer that comes late.
        server.answerLate(Map.of("content", List.of(text("too late"))));
        assertThat(discarded).hasSize(1);
        assertThat(client.metrics().permits().inUse()).isZero();
        assertThat(claude.requests()).hasSize(1);
    }

    @Test
    void nothingIsAskedBeforeSomebodySubscribes() {
        McpServer server = server(null);
        Mono<List<ClientTool>> tools = McpTools.of(server.client()).list();

        assertThat(server.asked).isEmpty();
        assertThat(tools.block(WAIT)).hasSize(1);
        assertThatThrownBy(() -> McpTools.of(server.client()).withMaxTools(0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
