package io.claudeflux.stream;

import io.claudeflux.fixture.Transcripts;
import io.claudeflux.message.Citation;
import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.Json;
import io.claudeflux.message.Message;
import io.claudeflux.message.StopReason;
import io.claudeflux.message.TextBlock;
import io.claudeflux.message.ThinkingBlock;
import io.claudeflux.message.ToolUseBlock;
import io.claudeflux.message.UnknownBlock;
import io.claudeflux.message.Usage;
import java.util.Arrays;
import java.util.List;

/** Events made by hand, in few words. */
final class Events {
    private Events() {}

    static MessageStart start() {
        return new MessageStart(
                Message.builder("msg_1", "m").usage(Usage.of(10, 1)).build());
    }

    static ContentBlockStart text(int index) {
        return new ContentBlockStart(index, new TextBlock(""));
    }

    static ContentBlockStart thinking(int index) {
        return new ContentBlockStart(index, new ThinkingBlock("", ""));
    }

    static ContentBlockStart tool(int index) {
        return new ContentBlockStart(index, new ToolUseBlock("t" + index, "n", Json.emptyObject()));
    }

    static ContentBlockStart raw(int index, String json) {
        return new ContentBlockStart(index, Json.parse(json).as(ContentBlock.class));
    }

    static ContentBlockDelta d(int index, String text) {
        return new ContentBlockDelta(index, new TextDelta(text));
    }

    static ContentBlockDelta input(int index, String fragment) {
        return new ContentBlockDelta(index, new InputJsonDelta(fragment));
    }

    static ContentBlockDelta thought(int index, String text) {
        return new ContentBlockDelta(index, new ThinkingDelta(text));
    }

    static ContentBlockDelta signature(int index, String signature) {
        return new ContentBlockDelta(index, new SignatureDelta(signature));
    }

    static ContentBlockDelta cite(int index, String json) {
        return new ContentBlockDelta(index, new CitationsDelta(Json.parse(json).as(Citation.class)));
    }

    static ContentBlockDelta delta(int index, String json) {
        return new ContentBlockDelta(index, Json.parse(json).as(Delta.class));
    }

    static ContentBlockStop stop(int index) {
        return new ContentBlockStop(index);
    }

    static MessageDelta end() {
        return MessageDelta.of(StopReason.END_TURN, 5);
    }

    /** A {@code message_delta} as it comes over the wire. */
    static MessageDelta change(String delta, String usage) {
        String json = "{\"type\":\"message_delta\",\"delta\":" + delta + ",\"usage\":" + usage + "}";
        return (MessageDelta) Json.parse(json).as(StreamEvent.class);
    }

    static MessageStop done() {
        return new MessageStop();
    }

    static MessageAccumulator fold(StreamEvent... events) {
        MessageAccumulator message = new MessageAccumulator();
        Arrays.stream(events).forEach(message::add);
        return message;
    }

    /** The only block of an answer that consists of it. */
    static ContentBlock block(StreamEvent... events) {
        List<ContentBlock> content = fold(events).snapshot().content();
        if (content.size() != 1) {
            throw new AssertionError("not one block but " + content.size());
        }
        return content.get(0);
    }

    static UnknownBlock unknown(String json) {
        return UnknownBlock.of(Json.parse(json));
    }

    /** The events of a transcript, errors as unknown events. */
    static List<StreamEvent> of(Transcripts transcript) {
        return transcript
                .sse()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> Json.parse(line.substring(6)).as(StreamEvent.class))
                .toList();
    }
}
