package io.claudeflux.tool;

import io.claudeflux.catalog.UsageTotals;
import io.claudeflux.error.ToolLoopException;
import io.claudeflux.message.ContainerParam;
import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageParam;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.MessageRequestBuilder;
import io.claudeflux.message.Role;
import io.claudeflux.message.StopReason;
import io.claudeflux.message.ToolChoice;
import io.claudeflux.message.ToolResultBlock;
import io.claudeflux.message.ToolUseBlock;
import io.claudeflux.message.UsageReport;
import io.claudeflux.stream.MessageAccumulator;
import io.claudeflux.stream.MessageStop;
import io.claudeflux.stream.StreamEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where one run stands: its round, the request of that round, what was answered and which of the calls are. Plain state
 * without a thread or a clock of its own; it belongs to one subscription, whose signals follow one another.
 */
final class ToolRun {
    private final Toolbox toolbox;
    private final int maxRounds;
    private final Map<String, ToolResultBlock> results = new HashMap<>();
    private UsageTotals usage = UsageTotals.none();
    private MessageRequest request;
    private int round;
    private MessageAccumulator events = new MessageAccumulator();
    private @Nullable Message message;
    private boolean goesOn = true;

    /** @throws io.claudeflux.error.ConfigurationException if the request defines one of the tools otherwise */
    ToolRun(Toolbox toolbox, MessageRequest request, int maxRounds) {
        this.toolbox = toolbox;
        this.request = toolbox.equip(request);
        this.maxRounds = maxRounds;
    }

    /** Each call of an answer once: two under one id could not be answered apart. */
    static Collection<ToolUseBlock> calls(Message message) {
        Map<String, ToolUseBlock> calls = new LinkedHashMap<>();
        for (ContentBlock block : message.content()) {
            if (block instanceof ToolUseBlock call) {
                calls.putIfAbsent(call.id(), call);
            }
        }
        return calls.values();
    }

    int round() {
        return round;
    }

    MessageRequest request() {
        return request;
    }

    /** Whether there is another round. */
    boolean goesOn() {
        return goesOn;
    }

    ToolEvent begin() {
        if (round == maxRounds) {
            throw new ToolLoopException(
                    "the model still asks to go on after " + maxRounds + (maxRounds == 1 ? " round" : " rounds")
                            + ", which is the limit; all its calls are answered: run again with conversation()"
                            + " to go on, or raise maxRounds",
                    null,
                    round + 1,
                    request.messages());
        }
        round++;
        events = new MessageAccumulator();
        message = null;
        results.clear();
        return new ToolEvent.RoundStart(round, request);
    }

    ToolEvent take(StreamEvent event) {
        events.add(event);
        if (event instanceof MessageStop) {
            message = events.message();
        }
        return new ToolEvent.Streamed(round, event);
    }

    void take(Message whole) {
        message = whole;
    }

    void take(ToolEvent event) {
        if (event instanceof ToolEvent.ToolEnd end) {
            results.put(end.call().id(), end.result());
        }
    }

    /** The calls to run now: none of an answer that was cut or refused, and none that the application runs itself. */
    List<ToolUseBlock> calls() {
        return waitsForResults()
                ? calls(message()).stream()
                        .filter(call -> !Toolbox.isHandedBack(call, toolbox, request))
                        .toList()
                : List.of();
    }

    /** Closes the round, and decides whether there is another. */
    List<ToolEvent> end() {
        Message answer = message();
        Collection<ToolUseBlock> calls = calls(answer);
        List<ToolUseBlock> open =
                calls.stream().filter(call -> !results.containsKey(call.id())).toList();
        List<ToolResultBlock> answered = calls.stream()
                .filter(call -> results.containsKey(call.id()))
                .map(call -> Objects.requireNonNull(results.get(call.id())))
                .toList();
        List<MessageParam> turns = new ArrayList<>(request.messages());
        if (!answer.content().isEmpty()) {
            turns.add(answer.toParam());
        }
        boolean isAnswered = !answered.isEmpty() && open.isEmpty();
        if (isAnswered) {
            turns.add(new MessageParam(Role.USER, List.copyOf(answered)));
        }
        usage = usage.plus(UsageTotals.of(answer.model(), new UsageReport(answer.usage(), true)));
        goesOn = isAnswered || isPaused(answer);
        ToolEvent end = new ToolEvent.RoundEnd(round, answer, turns);
        if (!goesOn) {
            return List.of(end, new ToolEvent.Finished(round, answer, turns, open, answered, usage));
        }
        request = next(answer, turns, isAnswered);
        return List.of(end);
    }

    /** The failure as it is, with what the run has reached suppressed in it. */
    Throwable located(Throwable failure) {
        if (round > 0 && !(failure instanceof ToolLoopException)) {
            failure.addSuppressed(new ToolLoopException(
                    "round " + round + " of a run with tools failed; the tools of earlier rounds have run, and their"
                            + " results are in conversation(): run again with it to go on",
                    null,
                    round,
                    request.messages()));
        }
        return failure;
    }

    /** The end of a run in which the JVM is in trouble: no failure to tell the model. */
    ToolLoopException broken(Throwable error) {
        return new ToolLoopException(
                "a tool broke with " + error.getClass().getName() + ", which no answer to the model mends; the calls of"
                        + " earlier rounds are answered in conversation()",
                error,
                round,
                request.messages());
    }

    private Message message() {
        if (message == null) {
            throw new IllegalStateException("the answer of round " + round + " ended before message_stop");
        }
        return message;
    }

    /** A turn that was paused can hold calls too, and then waits for their results like any other. */
    private boolean waitsForResults() {
        StopReason reason = message().stopReason();
        return StopReason.TOOL_USE.equals(reason) || StopReason.PAUSE_TURN.equals(reason);
    }

    private static boolean isPaused(Message answer) {
        return StopReason.PAUSE_TURN.equals(answer.stopReason())
                && !answer.content().isEmpty()
                && calls(answer).isEmpty();
    }

    private MessageRequest next(Message answer, List<MessageParam> turns, boolean isAnswered) {
        MessageRequestBuilder next = request.toBuilder().messages(turns);
        if (isAnswered) {
            next.toolChoice(unforced(request.toolChoice()));
        }
        if (answer.container() != null) {
            next.container(container(answer.container().id()));
        }
        return next.build();
    }

    /** Who must call a tool in each answer never comes to an end. */
    private static @Nullable ToolChoice unforced(@Nullable ToolChoice choice) {
        if (choice instanceof ToolChoice.Any any) {
            return new ToolChoice.Auto(any.disableParallelToolUse());
        } else if (choice instanceof ToolChoice.Named named) {
            return new ToolChoice.Auto(named.disableParallelToolUse());
        }
        return choice;
    }

    /** Code that waits for the result of a call goes on in the container that it runs in. */
    private ContainerParam container(String id) {
        ContainerParam asked = request.container();
        return asked == null ? ContainerParam.of(id) : asked.withId(id);
    }
}
