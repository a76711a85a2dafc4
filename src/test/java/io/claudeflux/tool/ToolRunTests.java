package io.claudeflux.tool;

import static io.claudeflux.tool.Stage.REQUEST;
import static io.claudeflux.tool.Stage.SCHEMA;
import static io.claudeflux.tool.Stage.only;
import static io.claudeflux.tool.Stage.use;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.error.FailureContext;
import io.claudeflux.error.ToolLoopException;
import io.claudeflux.message.Container;
import io.claudeflux.message.ContainerParam;
import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.Json;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.Role;
import io.claudeflux.message.StopReason;
import io.claudeflux.message.TextBlock;
import io.claudeflux.message.ToolUseBlock;
import io.claudeflux.stream.ContentBlockStart;
import io.claudeflux.tool.ToolEvent.Finished;
import io.claudeflux.tool.ToolEvent.RoundEnd;
import io.claudeflux.tool.ToolEvent.ToolEnd;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The state of a run, without Reactor. */
class ToolRunTests {
    private static final ClientTool TOOL = Stage.tool("one", input -> 1);

    private static ToolRun run(MessageRequest request) {
        return new ToolRun(Toolbox.of(List.of(TOOL)), request, 3);
    }

    private static Message message(StopReason reason, ContentBlock... blocks) {
        return Message.builder("msg_1", "m")
                .stopReason(reason)
                .content(List.of(blocks))
                .build();
    }

    /** One round, all of whose calls are answered. */
    private static List<ToolEvent> round(ToolRun run, Message answer) {
        run.begin();
        run.take(answer);
        for (ToolUseBlock call : run.calls()) {
            run.take(new ToolEnd(1, call, ToolResult.text("ok").toBlock(call.id()), Duration.ZERO, null));
        }
        return run.end();
    }

    private static @Nullable ContainerParam containerBehind(MessageRequest request) {
        ToolRun run = run(request);
        Message answer = message(StopReason.TOOL_USE, use("t", "one")).toBuilder()
                .container(new Container("cnt_2", null, Json.emptyObject()))
                .build();
        round(run, answer);
        return run.request().container();
    }

    @Test
    void containerOfAnAnswerIsUsedAgain() {
        assertThat(containerBehind(REQUEST)).isEqualTo(ContainerParam.of("cnt_2"));
        Json asked = Json.parse("{\"id\":\"cnt_1\",\"skills\":[{\"type\":\"anthropic\",\"skill_id\":\"xlsx\"}]}");
        assertThat(containerBehind(REQUEST.toBuilder().container(asked).build()))
                .satisfies(container -> {
                    assertThat(container).isNotNull();
                    assertThat(container.id()).isEqualTo("cnt_2");
                    assertThat(container.skills()).hasSize(1);
                });
    }

    @Test
    void pausedAnswerWithCallsWaitsForTheirResults() {
        ToolRun run = run(REQUEST);
        round(run, message(StopReason.PAUSE_TURN, new TextBlock("a"), use("t", "one")));

        assertThat(run.goesOn()).isTrue();
        assertThat(run.request().messages()).hasSize(3);
        assertThat(run.request().messages().get(2).role()).isEqualTo(Role.USER);
    }

    @Test
    void answerThatWaitsForNothingEndsTheRun() {
        for (Message answer : List.of(
                message(StopReason.TOOL_USE),
                message(StopReason.PAUSE_TURN),
                message(StopReason.TOOL_USE, new TextBlock("a")))) {
            ToolRun run = run(REQUEST);
            List<ToolEvent> end = round(run, answer);
            assertThat(run.goesOn()).isFalse();
            assertThat(only(Finished.class, end)).hasSize(1);
        }
    }

    @Test
    void emptyAnswerLeavesNoTurnBehind() {
        List<ToolEvent> end = round(run(REQUEST), message(StopReason.END_TURN));

        assertThat(only(RoundEnd.class, end).get(0).conversation()).isEqualTo(REQUEST.messages());
    }

    @Test
    void roundsBeyondTheLimitDoNotBegin() {
        ToolRun run = run(REQUEST);
        for (int i = 0; i < 3; i++) {
            round(run, message(StopReason.TOOL_USE, use("t" + i, "one")));
        }

        assertThatThrownBy(run::begin).isInstanceOfSatisfying(ToolLoopException.class, limit -> {
            assertThat(limit.round()).isEqualTo(4);
            assertThat(limit.conversation()).hasSize(7);
        });
    }

    @Test
    void whereARunHadComeToIsFoundInItsErrorOnce() {
        ToolRun run = run(REQUEST);
        IllegalStateException failure = new IllegalStateException("shared");
        assertThat(ToolLoopException.in(run.located(failure))).isEmpty();
        run.begin();
        assertThat(ToolLoopException.in(run.located(failure)).map(ToolLoopException::round))
                .contains(1);
        run.take(message(StopReason.PAUSE_TURN, new TextBlock("a")));
        run.end();
        run.begin();

        assertThat(ToolLoopException.in(run.located(failure)).map(ToolLoopException::round))
                .contains(2);
        ToolLoopException own = run.broken(new OutOfMemoryError());
        assertThat(run.located(own)).isSameAs(own).hasNoSuppressedExceptions();
        assertThat(own.withContext(FailureContext.local().withAttempts(2)))
                .isInstanceOfSatisfying(ToolLoopException.class, copy -> {
                    assertThat(copy.round()).isEqualTo(own.round());
                    assertThat(copy.conversation()).isEqualTo(own.conversation());
                    assertThat(copy).hasCauseInstanceOf(OutOfMemoryError.class);
                });
    }

    @Test
    void nothingThatWasSaidIsShown() {
        String secret = "SECRET-WORDS";
        ToolUseBlock call = new ToolUseBlock("t", "one", Json.of(secret));
        MessageRequest request = REQUEST.toBuilder().user(secret).build();
        ToolRun run = run(request);
        ToolEvent start = run.begin();
        ToolEvent streamed = run.take(new ContentBlockStart(0, new TextBlock(secret)));
        run.take(message(StopReason.END_TURN, new TextBlock(secret), call));
        ToolEnd end = new ToolEnd(
                1, call, ToolResult.text(secret).toBlock("t"), Duration.ZERO, new IllegalStateException(secret));

        assertThat(Stream.concat(Stream.of(start, streamed, end, new ToolEvent.ToolStart(1, call)), run.end().stream()))
                .allSatisfy(event -> assertThat(event.toString()).doesNotContain(secret));
        assertThat(run.broken(new OutOfMemoryError(secret)).getMessage()).doesNotContain(secret);
        assertThat(ClientTool.blocking("one", secret, SCHEMA, input -> 1).toString())
                .doesNotContain(secret);
    }
}
