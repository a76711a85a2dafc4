package io.claudeflux.tool;

import static io.claudeflux.simulator.Block.complete;
import static io.claudeflux.simulator.Block.text;
import static io.claudeflux.simulator.Block.thinking;
import static io.claudeflux.simulator.Reply.reply;
import static io.claudeflux.tool.Stage.REQUEST;
import static io.claudeflux.tool.Stage.SCHEMA;
import static io.claudeflux.tool.Stage.WAIT;
import static io.claudeflux.tool.Stage.call;
import static io.claudeflux.tool.Stage.finished;
import static io.claudeflux.tool.Stage.isError;
import static io.claudeflux.tool.Stage.only;
import static io.claudeflux.tool.Stage.told;
import static io.claudeflux.tool.Stage.word;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.CallListener;
import io.claudeflux.CallOptions;
import io.claudeflux.error.ConfigurationException;
import io.claudeflux.message.CustomTool;
import io.claudeflux.message.Json;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.StopReason;
import io.claudeflux.message.ToolChoice;
import io.claudeflux.message.ToolResultBlock;
import io.claudeflux.message.UnknownTool;
import io.claudeflux.simulator.Block;
import io.claudeflux.stream.MessageAccumulator;
import io.claudeflux.tool.ToolEvent.Finished;
import io.claudeflux.tool.ToolEvent.RoundEnd;
import io.claudeflux.tool.ToolEvent.RoundStart;
import io.claudeflux.tool.ToolEvent.Streamed;
import io.claudeflux.tool.ToolEvent.ToolEnd;
import io.claudeflux.tool.ToolEvent.ToolStart;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ToolRunnerTests {
    private final Stage stage = new Stage();
    private final AtomicInteger runs = new AtomicInteger();
    private final ClientTool weather = ClientTool.of("get_weather", "The weather.", SCHEMA, input -> {
        runs.incrementAndGet();
        return Mono.just("sunny in " + word(input, "city"));
    });

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void bothRoundsAreHandedDownInOrderBetweenTheirMarks() {
        List<ToolEvent> events = stage.run(
                stage.client.tools(weather),
                reply(text("Let me look."), call("toolu_1", "get_weather", Map.of("city", "Brest"))),
                reply("It is sunny."));

        List<ToolEvent> marks =
                events.stream().filter(event -> !(event instanceof Streamed)).toList();
        assertThat(marks)
                .extracting(event -> event.getClass().getSimpleName() + event.round())
                .containsExactly(
                        "RoundStart1", "ToolStart1", "ToolEnd1", "RoundEnd1", "RoundStart2", "RoundEnd2", "Finished2");
        assertThat(runs).hasValue(1);
        Finished finished = finished(events);
        assertThat(finished.message().text()).isEqualTo("It is sunny.");
        assertThat(finished.conversation()).hasSize(4);
        assertThat(finished.openCalls()).isEmpty();
    }

    @Test
    void everyEventOfEveryAnswerIsThere() {
        List<ToolEvent> events = stage.run(
                stage.client.tools(weather),
                reply(thinking("Hm."), call("toolu_1", "get_weather", Map.of("city", "Brest"))),
                reply("It is sunny."));

        for (RoundEnd end : only(RoundEnd.class, events)) {
            Message folded = Flux.fromIterable(only(Streamed.class, events))
                    .filter(streamed -> streamed.round() == end.round())
                    .map(Streamed::event)
                    .as(MessageAccumulator::toMessage)
                    .block(WAIT);
            assertThat(folded).isEqualTo(end.message());
        }
        assertThat(only(Streamed.class, events).get(0).event().type()).isEqualTo("message_start");
    }

    @Test
    void resultGoesBackBehindTheAnswerAsItCame() {
        Json search = Json.parse("{\"type\":\"server_tool_use\",\"id\":\"srvtoolu_1\",\"name\":\"web_search\","
                + "\"input\":{\"query\":\"Brest\"},\"caller\":{\"type\":\"direct\"}}");
        Json found = Json.parse("{\"type\":\"web_search_tool_result\",\"tool_use_id\":\"srvtoolu_1\","
                + "\"content\":[{\"type\":\"web_search_result\",\"url\":\"https://x.example\",\"title\":\"t\","
                + "\"encrypted_content\":\"c2VjcmV0\",\"page_age\":null}]}");
        Json future = Json.parse("{\"type\":\"dream\",\"depth\":[1,{\"a\":null}]}");
        stage.run(
                stage.client.tools(weather),
                reply(
                        thinking("Hm.", "c2lnbmVk"),
                        complete(search),
                        complete(found),
                        complete(future),
                        call("toolu_1", "get_weather", Map.of("city", "Brest"))),
                reply("It is sunny."));

        List<Json> turns = stage.turns(1);
        assertThat(turns).hasSize(3);
        assertThat(turns.get(0)).isEqualTo(stage.turns(0).get(0));
        List<Json> echoed = turns.get(1).get("content").orElseThrow().elements();
        assertThat(echoed.get(0))
                .isEqualTo(Json.parse("{\"type\":\"thinking\",\"thinking\":\"Hm.\",\"signature\":\"c2lnbmVk\"}"));
        assertThat(echoed.subList(1, 4)).containsExactly(search, found, future);
        assertThat(word(echoed.get(4), "id")).isEqualTo("toolu_1");
        List<Json> results = stage.lastTurn(1);
        assertThat(results).hasSize(1);
        assertThat(word(results.get(0), "tool_use_id")).isEqualTo("toolu_1");
        assertThat(told(results.get(0))).isEqualTo("sunny in Brest");
        assertThat(isError(results.get(0))).isFalse();
    }

    @Test
    void definitionsAreAddedBehindThoseOfTheRequestInEachRound() {
        CustomTool other = new CustomTool("other", "another", SCHEMA);
        stage.claude.enqueue(reply(call("toolu_1", "get_weather", Map.of())), reply("Done."));
        stage.client
                .tools(weather)
                .create(REQUEST.toBuilder().tool(other).build())
                .block(WAIT);

        for (int i = 0; i < 2; i++) {
            assertThat(stage.claude
                            .requests()
                            .get(i)
                            .body()
                            .get("tools")
                            .orElseThrow()
                            .elements())
                    .extracting(definition -> word(definition, "name"))
                    .containsExactly("other", "get_weather");
        }
    }

    @Test
    void requestOfAnEarlierRoundCanBeRunAgain() {
        List<ToolEvent> first = stage.run(stage.client.tools(weather), reply("Done."));
        MessageRequest equipped = only(RoundStart.class, first).get(0).request();

        assertThat(equipped.tools()).containsExactly(weather.definition());
        assertThat(Stage.collect(stage.client.tools(weather).run(equipped))).isNotEmpty();
        assertThat(stage.claude.requests()).hasSize(2);
    }

    @Test
    void sameNameTwiceIsRefusedBeforeAnythingIsSent() {
        MessageRequest request = REQUEST.toBuilder()
                .tool(new CustomTool("get_weather", "otherwise", SCHEMA))
                .build();

        StepVerifier.create(stage.client.tools(weather).run(request))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(ConfigurationException.class)
                        .hasMessageContaining("get_weather"))
                .verify(WAIT);
        assertThatThrownBy(() -> stage.client.tools(weather, weather)).isInstanceOf(ConfigurationException.class);
        assertThat(stage.claude.requests()).isEmpty();
    }

    @Test
    void toolOfTheCallersOwnEndsTheRunWithItsCallOpen() {
        CustomTool approve = new CustomTool("approve", "asks a person", SCHEMA);
        MessageRequest request = REQUEST.toBuilder().tool(approve).build();
        stage.claude.enqueue(
                reply(call("toolu_1", "approve", Map.of()), call("toolu_2", "get_weather", Map.of("city", "Brest"))));

        Finished finished = finished(Stage.collect(stage.client.tools(weather).run(request)));

        assertThat(finished.message().stopReason()).isEqualTo(StopReason.TOOL_USE);
        assertThat(finished.openCalls()).extracting(call -> call.id()).containsExactly("toolu_1");
        assertThat(finished.results()).extracting(ToolResultBlock::toolUseId).containsExactly("toolu_2");
        assertThat(runs).hasValue(1);
        assertThatThrownBy(() -> finished.conversationWith(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("toolu_1");

        stage.claude.enqueue(reply("Thanks."));
        MessageRequest resumed = request.toBuilder()
                .messages(finished.conversationWith(List.of(ToolResultBlock.of("toolu_1", "yes"))))
                .build();
        Message last = stage.client.tools(weather).create(resumed).block(WAIT);

        assertThat(last).isNotNull();
        assertThat(stage.lastTurn(1))
                .extracting(result -> word(result, "tool_use_id"))
                .containsExactly("toolu_1", "toolu_2");
        assertThat(runs).hasValue(1);
    }

    @Test
    void callOfAToolsetIsHandedBack() {
        UnknownTool toolset = UnknownTool.of(Json.parse("{\"type\":\"computer_toolset_20260801\"}"));
        Json click = Json.parse("{\"type\":\"tool_use\",\"id\":\"toolu_9\",\"name\":\"get_weather\",\"input\":{},"
                + "\"toolset_name\":\"computer\"}");
        stage.claude.enqueue(reply(complete(click)).stopReason("tool_use"));

        Finished finished = finished(Stage.collect(stage.client
                .tools(weather)
                .run(REQUEST.toBuilder().tool(toolset).build())));

        assertThat(finished.openCalls()).extracting(call -> call.id()).containsExactly("toolu_9");
        assertThat(runs).hasValue(0);
    }

    @Test
    void pausedTurnIsSentBackAsItIs() {
        Json search = Json.parse("{\"type\":\"server_tool_use\",\"id\":\"srvtoolu_1\",\"name\":\"web_search\","
                + "\"input\":{\"query\":\"Brest\"}}");
        List<ToolEvent> events = stage.run(
                stage.client.tools(weather),
                reply(text("Searching."), complete(search)).stopReason("pause_turn"),
                reply("Found."));

        assertThat(only(RoundStart.class, events)).hasSize(2);
        List<Json> turns = stage.turns(1);
        assertThat(turns).hasSize(2);
        assertThat(word(turns.get(1), "role")).isEqualTo("assistant");
        assertThat(stage.lastTurn(1).get(1)).isEqualTo(search);
    }

    @Test
    void cutAndRefusedAnswersRunNothing() {
        for (String reason : List.of("max_tokens", "refusal", "a_reason_of_tomorrow")) {
            Finished finished = finished(stage.run(
                    stage.client.tools(weather),
                    reply(new Block.ToolUse("toolu_1", "get_weather", "{\"city\":\"Br"))
                            .stopReason(reason)));

            assertThat(finished.message().stopReason()).isEqualTo(StopReason.of(reason));
            assertThat(finished.openCalls()).hasSize(1);
            assertThat(finished.round()).isEqualTo(1);
        }
        assertThat(runs).hasValue(0);
    }

    @Test
    void forcedChoiceHoldsForOneCallOnly() {
        MessageRequest forced = REQUEST.toBuilder()
                .toolChoice(new ToolChoice.Named("get_weather", true))
                .build();
        stage.claude.enqueue(reply(call("toolu_1", "get_weather", Map.of())), reply("Done."));

        stage.client.tools(weather).create(forced).block(WAIT);

        assertThat(stage.claude.requests())
                .extracting(request -> request.body().get("tool_choice").orElseThrow())
                .containsExactly(
                        Json.parse("{\"type\":\"tool\",\"name\":\"get_weather\",\"disable_parallel_tool_use\":true}"),
                        Json.parse("{\"type\":\"auto\",\"disable_parallel_tool_use\":true}"));
    }

    @Test
    void textHasABlankLineBetweenWhatWasSaidAroundCalls() {
        stage.claude.enqueue(
                reply(text("Let me look."), call("toolu_1", "get_weather", Map.of())), reply("It is sunny."));

        assertThat(stage.client
                        .tools(weather)
                        .runText(REQUEST)
                        .collectList()
                        .map(pieces -> String.join("", pieces))
                        .block(WAIT))
                .isEqualTo("Let me look.\n\nIt is sunny.");
    }

    @Test
    void usageIsSummedForEachModel() {
        Finished finished = finished(stage.run(
                stage.client.tools(weather),
                reply(call("toolu_1", "get_weather", Map.of())).usage(100, 20).cacheUsage(7, 0),
                reply("Done.").usage(150, 5).cacheUsage(0, 7)));

        assertThat(finished.usage().models()).containsExactly("claude-sonnet-5-5");
        assertThat(finished.usage().total()).satisfies(usage -> {
            assertThat(usage.answers()).isEqualTo(2);
            assertThat(usage.inputTokens()).isEqualTo(250);
            assertThat(usage.outputTokens()).isEqualTo(25);
            assertThat(usage.totalInputTokens()).isEqualTo(264);
        });
    }

    @Test
    void optionsOfCallsHoldForEveryRound() {
        stage.claude.enqueue(reply(call("toolu_1", "get_weather", Map.of())), reply("Done."));
        List<CallListener.End> heard = new CopyOnWriteArrayList<>();
        CallListener listener = new CallListener() {
            @Override
            public void onTerminal(End end) {
                heard.add(end);
            }
        };

        stage.client
                .messages()
                .with(CallOptions.none().withListener(listener))
                .tools(List.of(weather))
                .create(REQUEST)
                .block(WAIT);

        assertThat(heard).hasSize(2);
    }

    @Test
    void callsOfOneAnswerUnderOneIdCountOnce() {
        List<ToolEvent> events = Stage.collect(ToolRunner.of(
                        request -> request.messages().size() == 1
                                ? Stage.answer(
                                        StopReason.TOOL_USE,
                                        Stage.use("call_0", "get_weather"),
                                        Stage.use("call_0", "get_weather"))
                                : Stage.answer(StopReason.END_TURN),
                        List.of(weather))
                .run(REQUEST));

        assertThat(only(ToolStart.class, events)).hasSize(1);
        assertThat(only(ToolEnd.class, events)).hasSize(1);
        assertThat(runs).hasValue(1);
    }
}
