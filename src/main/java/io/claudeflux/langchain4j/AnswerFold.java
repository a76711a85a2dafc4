package io.claudeflux.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatModelStreamingEvent;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.RawStreamingEvent;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.Json;
import io.claudeflux.message.Message;
import io.claudeflux.message.StopReason;
import io.claudeflux.message.TextBlock;
import io.claudeflux.message.ThinkingBlock;
import io.claudeflux.message.ToolUseBlock;
import io.claudeflux.stream.ContentBlockDelta;
import io.claudeflux.stream.ContentBlockStart;
import io.claudeflux.stream.ContentBlockStop;
import io.claudeflux.stream.InputJsonDelta;
import io.claudeflux.stream.MessageAccumulator;
import io.claudeflux.stream.MessageStop;
import io.claudeflux.stream.StreamEvent;
import io.claudeflux.stream.TextDelta;
import io.claudeflux.stream.ThinkingDelta;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;

/** The events of one answer in the words of LangChain4j, at most one for one. Used by one subscription. */
final class AnswerFold implements BiConsumer<StreamEvent, SynchronousSink<ChatModelStreamingEvent>> {
    private static final Map<StopReason, FinishReason> REASONS = Map.of(
            StopReason.END_TURN, FinishReason.STOP,
            StopReason.STOP_SEQUENCE, FinishReason.STOP,
            StopReason.MAX_TOKENS, FinishReason.LENGTH,
            StopReason.MODEL_CONTEXT_WINDOW_EXCEEDED, FinishReason.LENGTH,
            StopReason.TOOL_USE, FinishReason.TOOL_EXECUTION,
            StopReason.REFUSAL, FinishReason.CONTENT_FILTER);

    private final MessageAccumulator message = new MessageAccumulator();
    /** The numbers of the calls, by the index of their block. */
    private final Map<Integer, Integer> numbers = new HashMap<>();

    private final List<ToolUseBlock> calls = new ArrayList<>();

    @Override
    public void accept(StreamEvent event, SynchronousSink<ChatModelStreamingEvent> out) {
        message.add(event);
        ChatModelStreamingEvent told = told(event);
        if (told != null) {
            out.next(told);
        }
    }

    /** What is left to say once the answer is whole: nobody can run half a call, or one of an answer that broke. */
    Flux<ChatModelStreamingEvent> complete() {
        ChatResponse response = response(message.message());
        List<ChatModelStreamingEvent> last = new ArrayList<>();
        for (ToolExecutionRequest call : response.aiMessage().toolExecutionRequests()) {
            last.add(new CompleteToolCall(last.size(), call));
        }
        last.add(new CompleteResponse(response));
        return Flux.fromIterable(last);
    }

    private @Nullable ChatModelStreamingEvent told(StreamEvent event) {
        if (event instanceof ContentBlockDelta delta) {
            if (delta.delta() instanceof TextDelta text) {
                return text(text.text());
            } else if (delta.delta() instanceof ThinkingDelta thinking) {
                return thinking(thinking.thinking());
            } else if (delta.delta() instanceof InputJsonDelta json) {
                Integer call = numbers.get(delta.index());
                if (call != null) {
                    return grown(call, json.partialJson());
                }
            }
        } else if (event instanceof ContentBlockStart start) {
            if (start.contentBlock() instanceof TextBlock text) {
                return text(text.text());
            } else if (start.contentBlock() instanceof ThinkingBlock thinking) {
                return thinking(thinking.thinking());
            } else if (start.contentBlock() instanceof ToolUseBlock call) {
                numbers.put(start.index(), calls.size());
                calls.add(call);
                return null;
            }
        } else if (event instanceof ContentBlockStop || event instanceof MessageStop) {
            return null;
        }
        return RawStreamingEvent.of(event);
    }

    private static @Nullable ChatModelStreamingEvent text(String piece) {
        return piece.isEmpty() ? null : new PartialResponse(piece);
    }

    private static @Nullable ChatModelStreamingEvent thinking(String piece) {
        return piece.isEmpty() ? null : new PartialThinking(piece);
    }

    private @Nullable ChatModelStreamingEvent grown(int call, String piece) {
        return piece.isEmpty()
                ? null
                : PartialToolCall.builder()
                        .index(call)
                        .id(calls.get(call).id())
                        .name(calls.get(call).name())
                        .partialArguments(piece)
                        .build();
    }

    private static ChatResponse response(Message message) {
        AiMessage said = said(message.content());
        if (!waitsForResults(message)) {
            said = said.toBuilder().toolExecutionRequests(List.of()).build();
        }
        if (!Requests.turn(said).content().equals(message.content())) {
            String turn = Json.of(message.toParam()).text();
            said = said.toBuilder()
                    .attributes(Map.of(ClaudeFluxStreamingChatModel.CONTENT, turn))
                    .build();
        }
        return ChatResponse.builder()
                .aiMessage(said)
                .id(message.id())
                .modelName(message.model())
                .tokenUsage(new TokenUsage(
                        count(message.usage().totalInputTokens()),
                        count(message.usage().outputTokens())))
                .finishReason(reason(message.stopReason()))
                .build();
    }

    /** Calls of an answer that ended otherwise may be cut. */
    private static boolean waitsForResults(Message message) {
        StopReason reason = message.stopReason();
        return StopReason.TOOL_USE.equals(reason) || StopReason.PAUSE_TURN.equals(reason);
    }

    /** What LangChain4j shows of a turn. */
    static AiMessage said(List<ContentBlock> content) {
        StringBuilder text = new StringBuilder();
        StringBuilder thinking = new StringBuilder();
        List<ToolExecutionRequest> calls = new ArrayList<>();
        for (ContentBlock block : content) {
            if (block instanceof TextBlock words) {
                text.append(words.text());
            } else if (block instanceof ThinkingBlock thought) {
                thinking.append(thought.thinking());
            } else if (block instanceof ToolUseBlock call) {
                calls.add(
                        request(call, call.malformedInput().orElse(call.input().text())));
            }
        }
        return AiMessage.builder()
                .text(text.isEmpty() ? null : text.toString())
                .thinking(thinking.isEmpty() ? null : thinking.toString())
                .toolExecutionRequests(calls)
                .build();
    }

    private static ToolExecutionRequest request(ToolUseBlock call, String arguments) {
        return ToolExecutionRequest.builder()
                .id(call.id())
                .name(call.name())
                .arguments(arguments)
                .build();
    }

    private static FinishReason reason(@Nullable StopReason reason) {
        return reason == null ? FinishReason.OTHER : REASONS.getOrDefault(reason, FinishReason.OTHER);
    }

    private static int count(long tokens) {
        return (int) Math.min(Integer.MAX_VALUE, tokens);
    }
}
