package io.claudeflux.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.claudeflux.config.Terminal;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.fixture.Transcripts;
import io.claudeflux.internal.protocol.ApiErrors;
import io.claudeflux.internal.protocol.MessageGrammar;
import io.claudeflux.internal.protocol.StreamFaults;
import io.claudeflux.internal.sse.SseFrame;
import io.claudeflux.message.Json;
import io.claudeflux.message.Message;
import io.claudeflux.message.ResponseMetadata;
import io.claudeflux.stream.MessageAccumulator;
import io.claudeflux.stream.StreamEvent;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Streams of the API with bent events: each is read, or refused with an exception of ours; and what the grammar lets
 * pass the accumulator can take, at any moment.
 */
class EventFuzz {
    private static final ResponseMetadata HEAD = new ResponseMetadata(200, Map.of());
    private static final ApiErrors ERRORS = new ApiErrors(Clock.systemUTC());
    private static final List<List<String>> STREAMS = Transcripts.complete().stream()
            .map(transcript -> transcript
                    .sse()
                    .lines()
                    .filter(line -> line.startsWith("data: "))
                    .map(line -> line.substring(6))
                    .toList())
            .toList();

    @FuzzTest(maxDuration = "60s")
    void isReadOrRefusedAndFitsTheMessage(FuzzedDataProvider data) {
        MessageAccumulator message = new MessageAccumulator();
        try {
            play(data, message);
        } catch (ClaudeException refused) {
            assertThat(refused.getMessage()).hasSizeLessThan(2_049);
        }
        if (message.isStarted()) {
            message.partial();
            message.usage();
            Message shown = message.snapshot();
            // What can be shown can be written, and read again; the text of an input that is none is not written.
            Json written = Json.of(shown);
            assertThat(Json.of(written.as(Message.class))).isEqualTo(written);
        }
    }

    private static void play(FuzzedDataProvider data, MessageAccumulator message) {
        EventReader reader = new EventReader(HEAD);
        StreamFaults faults = new StreamFaults(ERRORS, HEAD, UnaryOperator.identity());
        MessageGrammar grammar = new MessageGrammar(data.pickValue(Terminal.values()));
        List<String> stream = data.pickValue(STREAMS);
        int bentOne = data.consumeInt(0, stream.size());
        int bentToo = data.consumeInt(0, stream.size());
        for (int i = 0; i < stream.size(); i++) {
            String json = i == bentOne || i == bentToo ? BentJson.bend(data, stream.get(i)) : stream.get(i);
            StreamEvent event = reader.read(new SseFrame("message", json, ""));
            if (event != null) {
                faults.raise(event);
                grammar.check(event);
                message.add(event);
            }
        }
    }
}
