package io.claudeflux.tool;

import io.claudeflux.ClaudeClient;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.Json;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.StopReason;
import io.claudeflux.message.ToolUseBlock;
import io.claudeflux.message.Usage;
import io.claudeflux.simulator.Block;
import io.claudeflux.simulator.ClaudeSimulator;
import io.claudeflux.simulator.Reply;
import io.claudeflux.simulator.SimulatedRequest;
import io.claudeflux.stream.ContentBlockStart;
import io.claudeflux.stream.ContentBlockStop;
import io.claudeflux.stream.MessageDelta;
import io.claudeflux.stream.MessageStart;
import io.claudeflux.stream.MessageStop;
import io.claudeflux.stream.StreamEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;

/** A simulator, a client on it, and the few words that scripts with tools are made of. */
final class Stage implements AutoCloseable {
    static final Duration WAIT = Duration.ofSeconds(20);
    static final Json SCHEMA = Json.parse("{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}");
    static final MessageRequest REQUEST = MessageRequest.builder()
            .model("claude-sonnet-5-5")
            .maxTokens(1024)
            .user("What is the weather?")
            .build();

    final ClaudeSimulator claude = ClaudeSimulator.start();
    final ClaudeClient client = ClaudeClient.builder()
            .apiKey("test")
            .baseUrl(claude.baseUrl())
            .retry(RetryPolicy.defaults().withBackoff(Duration.ofMillis(1), Duration.ofMillis(2)))
            .build();

    @Override
    public void close() {
        client.close();
        claude.close();
    }

    /** Scripts the answers, runs to the end, and gives what was handed down. */
    List<ToolEvent> run(ToolRunner runner, Reply... replies) {
        claude.enqueue(replies);
        return collect(runner.run(REQUEST));
    }

    static List<ToolEvent> collect(Flux<ToolEvent> events) {
        List<ToolEvent> all = events.collectList().block(WAIT);
        return all == null ? List.of() : all;
    }

    /** A call under an id that a test can name. */
    static Block call(String id, String name, Map<String, ?> input) {
        return new Block.ToolUse(id, name, Json.of(input).text());
    }

    /** The turns of a request that the simulator got. */
    List<Json> turns(int request) {
        SimulatedRequest received = claude.requests().get(request);
        return received.body().get("messages").orElseThrow().elements();
    }

    /** The blocks of the last turn of a request. */
    List<Json> lastTurn(int request) {
        List<Json> turns = turns(request);
        return turns.get(turns.size() - 1).get("content").orElseThrow().elements();
    }

    static String word(Json object, String member) {
        return object.get(member).flatMap(Json::asString).orElse("");
    }

    /** What the model is told: the text of a result, whether it is written as a string or as a block. */
    static String told(Json result) {
        Json content = result.get("content").orElseThrow();
        return content.asString().orElseGet(() -> word(content.elements().get(0), "text"));
    }

    static boolean isError(Json result) {
        return result.get("is_error").map(flag -> flag.text().equals("true")).orElse(false);
    }

    static <T extends ToolEvent> List<T> only(Class<T> type, List<ToolEvent> events) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    static ToolEvent.Finished finished(List<ToolEvent> events) {
        return (ToolEvent.Finished) events.get(events.size() - 1);
    }

    static ClientTool tool(String name, ClientTool.Blocking<Json> function) {
        return ClientTool.blocking(name, "does " + name, SCHEMA, function);
    }

    /** The events of an answer that comes without a server. */
    static Flux<StreamEvent> answer(StopReason reason, ContentBlock... blocks) {
        List<StreamEvent> events = new ArrayList<>();
        events.add(new MessageStart(
                Message.builder("msg_1", "m").usage(Usage.of(10, 1)).build()));
        for (int i = 0; i < blocks.length; i++) {
            events.add(new ContentBlockStart(i, blocks[i]));
            events.add(new ContentBlockStop(i));
        }
        Stream.of(MessageDelta.of(reason, 5), new MessageStop()).forEach(events::add);
        return Flux.fromIterable(events);
    }

    static ToolUseBlock use(String id, String name) {
        return new ToolUseBlock(id, name, Json.emptyObject());
    }
}
