package io.claudeflux.simulator;

import static io.claudeflux.simulator.Reply.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.ClaudeClient;
import io.claudeflux.message.Citation;
import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.Json;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.ServerToolName;
import io.claudeflux.message.ServerToolUseBlock;
import io.claudeflux.message.StopReason;
import io.claudeflux.message.TextBlock;
import io.claudeflux.message.ThinkingBlock;
import io.claudeflux.message.ToolUseBlock;
import io.claudeflux.message.WebSearchTool;
import io.claudeflux.message.WebSearchToolResultBlock;
import io.claudeflux.stream.CitationsDelta;
import io.claudeflux.stream.ContentBlockDelta;
import io.claudeflux.stream.MessageAccumulator;
import io.claudeflux.stream.MessageStream;
import io.claudeflux.stream.StreamEvent;
import io.claudeflux.stream.ToolInput;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class TypedBlockTests {
    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final MessageRequest REQUEST = MessageRequest.builder()
            .model("claude-sonnet-5-5")
            .maxTokens(1024)
            .tool(WebSearchTool.latest())
            .user("Does it rain?")
            .build();
    private static final Citation PLACE = new Citation.WebSearchResultLocation(
            "It rains.", "https://example.org/rain", "Weather", "aW5kZXg=", Json.emptyObject());
    private static final List<ContentBlock> SEARCH = List.of(
            new ThinkingBlock("Look it up.", "c2lnbmVk"),
            new ServerToolUseBlock("srvtoolu_1", ServerToolName.WEB_SEARCH, Json.of(Map.of("query", "rain today"))),
            new WebSearchToolResultBlock(
                    "srvtoolu_1",
                    new WebSearchToolResultBlock.Results(List.of(new WebSearchToolResultBlock.Result(
                            "https://example.org/rain", "Weather", "Y29udGVudA==", "1 day ago", Json.emptyObject())))),
            new TextBlock("It rains in Bergen.").withCitations(PLACE));

    private final ClaudeSimulator claude = ClaudeSimulator.start();
    private final ClaudeClient client =
            ClaudeClient.builder().apiKey("test").baseUrl(claude.baseUrl()).build();

    @AfterEach
    void stop() {
        client.close();
        claude.close();
    }

    private List<StreamEvent> events(List<ContentBlock> blocks) {
        claude.enqueue(reply(blocks.stream().map(Block::of).toArray(Block[]::new)));
        return client.messages().stream(REQUEST)
                .collectList()
                .blockOptional(WAIT)
                .orElseThrow();
    }

    private static Message message(List<StreamEvent> events) {
        return Flux.fromIterable(events)
                .as(MessageAccumulator::toMessage)
                .blockOptional(WAIT)
                .orElseThrow();
    }

    @Test
    void searchIsReadAsItWasWritten() {
        Message answer = message(events(SEARCH));

        assertThat(answer.content()).isEqualTo(SEARCH);
        assertThat(answer.stopReason()).isEqualTo(StopReason.END_TURN);
    }

    @Test
    void citationsAndInputsComeInPieces() {
        Flux<StreamEvent> events = Flux.fromIterable(events(SEARCH));
        MessageStream views = MessageStream.of(events);

        assertThat(views.citations().collectList().block(WAIT)).containsExactly(PLACE);
        assertThat(views.toolInput().ofType(ToolInput.Growing.class).count().block(WAIT))
                .isGreaterThan(1);
        assertThat(events.ofType(ContentBlockDelta.class)
                        .filter(event -> event.delta() instanceof CitationsDelta)
                        .count()
                        .block(WAIT))
                .isEqualTo(1);
    }

    @Test
    void callOfAToolStopsTheAnswer() {
        ToolUseBlock call = new ToolUseBlock("toolu_1", "get_tide", Json.of(Map.of("port", "Brest")));
        Message answer = message(events(List.of(call)));

        assertThat(answer.content()).isEqualTo(List.of(call));
        assertThat(answer.stopReason()).isEqualTo(StopReason.TOOL_USE);
    }

    @Test
    void wholeMessageIsTheSameAsTheStream() {
        Reply reply = reply(SEARCH.stream().map(Block::of).toArray(Block[]::new));
        SimulatedRequest request = new SimulatedRequest(
                SimulatedRequest.Target.of("POST", "/v1/messages"), Map.of(), Calls.STREAM_REQUEST, "req_1");
        Json whole = AnswerMessage.of(
                        (Content.Answer) reply.content(), request, new Ids(new java.util.SplittableRandom(1)))
                .json();

        assertThat(whole.as(Message.class).content()).isEqualTo(SEARCH);
    }
}
