package io.claudeflux.springai;

import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.Json;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageParam;
import io.claudeflux.message.RateLimits;
import io.claudeflux.message.ResponseMetadata;
import io.claudeflux.message.StopReason;
import io.claudeflux.message.TextBlock;
import io.claudeflux.message.ToolUseBlock;
import io.claudeflux.message.Usage;
import io.claudeflux.stream.ContentBlockDelta;
import io.claudeflux.stream.ContentBlockStart;
import io.claudeflux.stream.MessageAccumulator;
import io.claudeflux.stream.MessageStart;
import io.claudeflux.stream.MessageStop;
import io.claudeflux.stream.StreamEvent;
import io.claudeflux.stream.TextDelta;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import reactor.core.publisher.SynchronousSink;

/** An answer of the API in Spring AI's words. One instance serves one stream and is confined to its signals. */
final class Answers {
    /** Without a dot: some stores of conversations take none in a name. */
    private static final String TURN = "claudeFluxTurn";

    private final MessageAccumulator message = new MessageAccumulator();
    private ResponseMetadata head = ResponseMetadata.none();
    private ChatResponseMetadata piece = new ChatResponseMetadata();

    /** For {@code handle}: hands on what an event of the stream means, if it means anything. */
    void add(StreamEvent event, SynchronousSink<ChatResponse> out) {
        message.add(event);
        if (event instanceof ContentBlockDelta block) {
            if (block.delta() instanceof TextDelta text) {
                text(text.text(), out);
            }
        } else if (event instanceof ContentBlockStart start) {
            if (start.contentBlock() instanceof TextBlock text && !text.text().isEmpty()) {
                text(text.text(), out);
            }
        } else if (event instanceof MessageStart start) {
            head = start.response();
            piece = ChatResponseMetadata.builder()
                    .id(start.message().id())
                    .model(start.message().model())
                    .build();
        } else if (event instanceof MessageStop) {
            // Its text went ahead, and whoever joins the responses would have it twice.
            out.next(response("", message.message(), head));
        }
    }

    /** The response of a call that was waited for. */
    static ChatResponse whole(Message message, ResponseMetadata head) {
        return response(message.text(), message, head);
    }

    /** The turn that an answer was, if it was kept, and still is what the message says. */
    static @Nullable MessageParam kept(AssistantMessage answer) {
        if (!(answer.getMetadata().get(TURN) instanceof String json)) {
            return null;
        }
        MessageParam turn;
        try {
            turn = Json.parse(json).as(MessageParam.class);
        } catch (IllegalArgumentException notKept) {
            return null; // a store cut it; text and calls are still there
        }
        StringBuilder text = new StringBuilder();
        for (ContentBlock block : turn.content()) {
            if (block instanceof TextBlock part) {
                text.append(part.text());
            }
        }
        String said = answer.getText();
        // The last response of a stream, handed back without the pieces before it, has no text.
        boolean isSame = said == null || said.isEmpty() || text.toString().equals(said);
        return isSame && calls(turn.content()).equals(answer.getToolCalls()) ? turn : null;
    }

    private void text(String text, SynchronousSink<ChatResponse> out) {
        out.next(new ChatResponse(List.of(new Generation(new AssistantMessage(text))), piece));
    }

    private static ChatResponse response(String text, Message message, ResponseMetadata head) {
        ChatResponseMetadata.Builder metadata = ChatResponseMetadata.builder()
                .id(message.id())
                .model(message.model())
                .usage(usage(message.usage()));
        head.requestId().ifPresent(id -> metadata.keyValue("request-id", id));
        RateLimits limits = head.rateLimits();
        if (!limits.families().isEmpty()) {
            metadata.rateLimit(ReportedLimits.of(limits));
        }
        StopReason reason = message.stopReason();
        ChatGenerationMetadata finish = ChatGenerationMetadata.builder()
                .finishReason(reason == null ? "" : reason.value())
                .build();
        return new ChatResponse(List.of(new Generation(said(text, message), finish)), metadata.build());
    }

    private static AssistantMessage said(String text, Message message) {
        StopReason reason = message.stopReason();
        boolean isWaiting = StopReason.TOOL_USE.equals(reason) || StopReason.PAUSE_TURN.equals(reason);
        List<ToolCall> calls = isWaiting ? calls(message.content()) : List.of();
        AssistantMessage plain = AssistantMessage.builder()
                .content(message.text())
                .toolCalls(calls)
                .build();
        boolean isAll = Prompts.rebuilt(plain).equals(message.toParam());
        return plain.mutate()
                .content(text)
                .properties(
                        isAll
                                ? Map.of()
                                : Map.of(TURN, Json.of(message.toParam()).text()))
                .build();
    }

    private static List<ToolCall> calls(List<ContentBlock> content) {
        return content.stream()
                .filter(ToolUseBlock.class::isInstance)
                .map(ToolUseBlock.class::cast)
                .map(call -> new ToolCall(call.id(), "function", call.name(), arguments(call)))
                .toList();
    }

    /** Input that never became JSON is handed on as it is, so that no tool runs on a guess. */
    private static String arguments(ToolUseBlock call) {
        String malformed = call.malformedText();
        return malformed == null ? call.input().text() : malformed;
    }

    /** As Spring AI's own module for Claude counts: the prompt without what the cache read or wrote. */
    private static DefaultUsage usage(Usage usage) {
        return new DefaultUsage(
                count(usage.inputTokens()),
                count(usage.outputTokens()),
                count(usage.inputTokens() + usage.outputTokens()),
                usage,
                usage.cacheReadInputTokens(),
                usage.cacheCreationInputTokens());
    }

    private static int count(long tokens) {
        return (int) Math.min(Integer.MAX_VALUE, tokens);
    }
}
