package io.claudeflux.internal.protocol;

import io.claudeflux.message.Json;
import io.claudeflux.message.Message;
import io.claudeflux.message.StopReason;
import io.claudeflux.message.TextBlock;
import io.claudeflux.message.Usage;
import io.claudeflux.stream.ContentBlockDelta;
import io.claudeflux.stream.ContentBlockStart;
import io.claudeflux.stream.ContentBlockStop;
import io.claudeflux.stream.MessageChange;
import io.claudeflux.stream.MessageDelta;
import io.claudeflux.stream.MessageDeltaUsage;
import io.claudeflux.stream.MessageStart;
import io.claudeflux.stream.MessageStop;
import io.claudeflux.stream.Ping;
import io.claudeflux.stream.StreamEvent;
import io.claudeflux.stream.TextDelta;
import io.claudeflux.stream.UnknownEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sequences of events in the words of the fault cases: {@code MS} message_start, {@code BS0} start of block 0,
 * {@code D0} delta, {@code BE0} stop, {@code MD} message_delta with a stop reason, {@code MU} one without, {@code ST}
 * message_stop, {@code P} ping, {@code U} unknown.
 */
final class EventWords {
    private EventWords() {}

    static List<StreamEvent> events(String words) {
        return Arrays.stream(words.strip().split("\\s+", -1))
                .filter(word -> !word.isEmpty())
                .map(EventWords::event)
                .toList();
    }

    static StreamEvent event(String word) {
        return switch (word) {
            case "MS" ->
                new MessageStart(
                        Message.builder("msg_1", "m").usage(Usage.of(1, 1)).build());
            case "MD" -> MessageDelta.of(StopReason.END_TURN, 5);
            case "MU" ->
                new MessageDelta(
                        new MessageChange(null, null, null, null, Set.of(), Json.emptyObject()),
                        MessageDeltaUsage.outputTokens(4),
                        Json.emptyObject());
            case "ST" -> new MessageStop();
            case "P" -> new Ping();
            case "U" -> new UnknownEvent("future", Json.parse("{\"type\":\"future\"}"));
            default -> ofBlock(word);
        };
    }

    private static StreamEvent ofBlock(String word) {
        int index = Integer.parseInt(word.replaceAll("[A-Z]", ""));
        return switch (word.replaceAll("[-0-9]", "")) {
            case "BS" -> new ContentBlockStart(index, new TextBlock(""));
            case "D" -> new ContentBlockDelta(index, new TextDelta("t"));
            case "BE" -> new ContentBlockStop(index);
            default -> throw new IllegalArgumentException(word);
        };
    }

    /** The words of events, for comparison. */
    static String words(List<StreamEvent> events) {
        return events.stream().map(EventWords::word).collect(Collectors.joining(" "));
    }

    private static String word(StreamEvent event) {
        if (event instanceof ContentBlockStart start) {
            return "BS" + start.index();
        }
        if (event instanceof ContentBlockDelta delta) {
            return "D" + delta.index();
        }
        if (event instanceof ContentBlockStop stop) {
            return "BE" + stop.index();
        }
        if (event instanceof MessageDelta delta) {
            return delta.stopReason() == null ? "MU" : "MD";
        }
        return switch (event.type()) {
            case MessageStart.TYPE -> "MS";
            case MessageStop.TYPE -> "ST";
            case Ping.TYPE -> "P";
            default -> "U";
        };
    }
}
