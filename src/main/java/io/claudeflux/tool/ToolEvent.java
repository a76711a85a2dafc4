package io.claudeflux.tool;

import io.claudeflux.catalog.UsageTotals;
import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageParam;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.Role;
import io.claudeflux.message.ToolResultBlock;
import io.claudeflux.message.ToolUseBlock;
import io.claudeflux.stream.StreamEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happens in a run with tools. A round is one request, its answer, and the calls in it:
 *
 * <pre>
 * (RoundStart Streamed* (ToolStart | ToolEnd)* RoundEnd)+ Finished
 * </pre>
 *
 * <p>The calls of a round begin in the order in which the model made them, as far as parallelism allows, and end in any
 * order; each {@link ToolEnd} comes behind its {@link ToolStart}. No {@code toString} shows what was said.
 */
public sealed interface ToolEvent {
    /**
     * The round it belongs to.
     *
     * @return 1 or more
     */
    int round();

    /**
     * A request is about to be sent.
     *
     * @param round the round, from 1
     * @param request the request as it is sent: with the definitions of the tools, and the conversation so far
     */
    record RoundStart(int round, MessageRequest request) implements ToolEvent {}

    /**
     * An event of the round's answer, as {@code Messages.stream} hands it down.
     *
     * @param round the round
     * @param event the event
     */
    record Streamed(int round, StreamEvent event) implements ToolEvent {
        /** The kind of the event, without the piece of the answer in it. */
        @Override
        public String toString() {
            return "Streamed[round=" + round + ", " + event.type() + "]";
        }
    }

    /**
     * A call is about to be run.
     *
     * @param round the round
     * @param call what the model asks for
     */
    record ToolStart(int round, ToolUseBlock call) implements ToolEvent {}

    /**
     * A call has been answered.
     *
     * @param round the round
     * @param call what the model asked for
     * @param result what the model is told
     * @param took from the call's start to its end
     * @param failure what was thrown or signalled in the tool, why its input could not be read, or a
     *     {@link java.util.concurrent.TimeoutException}; null if all went well
     */
    record ToolEnd(
            int round,
            ToolUseBlock call,
            ToolResultBlock result,
            Duration took,
            @Nullable Throwable failure) implements ToolEvent {
        /** Without the words of the failure, which are the application's own. */
        @Override
        public String toString() {
            return "ToolEnd[round=" + round + ", " + call.id() + ", " + call.name() + ", " + took
                    + (result.isError() ? ", error" : "")
                    + (failure == null ? "]" : ", " + failure.getClass().getName() + "]");
        }
    }

    /**
     * A round is over.
     *
     * @param round the round
     * @param message its answer, whole
     * @param conversation all turns so far: those of the request, the answer as it came, and the results of its calls.
     *     Who keeps the latest of these can begin a new run with it, and none of the tools before it runs again
     */
    record RoundEnd(int round, Message message, List<MessageParam> conversation) implements ToolEvent {
        /** Copies the conversation. */
        public RoundEnd {
            conversation = List.copyOf(conversation);
        }
    }

    /**
     * The run is over, and this is its last event.
     *
     * @param round the last round
     * @param message the last answer; its stop reason says why the run is over
     * @param conversation all turns, the last answer included unless it is empty
     * @param openCalls the calls of the last answer that were not run: those of tools the request defines without a
     *     {@link ClientTool}, which are yours to run; and all calls of an answer that was cut or refused
     * @param results what the other calls of the last answer were answered, in the order of the calls; they are not in
     *     the conversation, since the API wants all results of an answer in one turn: see {@link #conversationWith}
     * @param usage what the answers of all rounds consumed, by model; a {@link io.claudeflux.catalog.PriceTable} knows
     *     what that costs
     */
    record Finished(
            int round,
            Message message,
            List<MessageParam> conversation,
            List<ToolUseBlock> openCalls,
            List<ToolResultBlock> results,
            UsageTotals usage)
            implements ToolEvent {
        /** Copies the lists. */
        public Finished {
            conversation = List.copyOf(conversation);
            openCalls = List.copyOf(openCalls);
            results = List.copyOf(results);
        }

        /**
         * The conversation with the answers to all calls of the last message, to begin another run with.
         *
         * @param own the results of {@link #openCalls()}, in any order
         * @return the turns, the last of them with all results in the order of the calls
         * @throws IllegalArgumentException if a call has no result, or there are no calls
         */
        public List<MessageParam> conversationWith(List<ToolResultBlock> own) {
            Map<String, ToolResultBlock> known = new HashMap<>();
            results.forEach(result -> known.put(result.toolUseId(), result));
            own.forEach(result -> known.put(result.toolUseId(), result));
            List<ContentBlock> answers = new ArrayList<>();
            for (ToolUseBlock call : ToolRun.calls(message)) {
                ToolResultBlock result = known.get(call.id());
                if (result == null) {
                    throw new IllegalArgumentException(
                            "the call " + call.id() + " of " + call.name() + " has no result");
                }
                answers.add(result);
            }
            if (answers.isEmpty()) {
                throw new IllegalArgumentException("the last answer has no calls");
            }
            List<MessageParam> turns = new ArrayList<>(conversation);
            turns.add(new MessageParam(Role.USER, answers));
            return List.copyOf(turns);
        }
    }
}
