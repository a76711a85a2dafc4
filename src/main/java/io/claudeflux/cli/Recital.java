package io.claudeflux.cli;

import io.claudeflux.simulator.Reply;
import io.claudeflux.simulator.SimulatedRequest;
import java.time.Duration;
import java.util.function.Function;
import reactor.core.publisher.Flux;

/**
 * Answers that all go on, word by word at the simulator's pace, until they are told to end. One that asks for it by a
 * header is a flood: more than any socket holds, as fast as it is read.
 */
final class Recital implements Function<SimulatedRequest, Reply> {
    /** Asks for the flood; the real API would not look at it. */
    static final String FLOOD = "x-load-flood";

    private static final int WORDS_OF_A_FLOOD = 300_000;

    private static final String START = event(
            "message_start",
            "\"message\":{\"id\":\"msg_01Recital\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\""
                    + Ask.DEFAULT_MODEL + "\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,"
                    + "\"usage\":{\"input_tokens\":12,\"output_tokens\":1}}");
    private static final String BLOCK_START =
            event("content_block_start", "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}");
    private static final String WORD =
            event("content_block_delta", "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\" word\"}");
    private static final String BLOCK_STOP = event("content_block_stop", "\"index\":0");
    private static final String END = event(
            "message_delta",
            "\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":12}");
    private static final String STOP = "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";

    private volatile boolean isOver;

    private static String event(String type, String members) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + members + "}\n\n";
    }

    /** Ends all answers, and those still to come soon after their beginning. */
    void end() {
        isOver = true;
    }

    @Override
    public Reply apply(SimulatedRequest request) {
        return request.header(FLOOD).isPresent()
                ? Reply.raw(answer(Flux.range(0, WORDS_OF_A_FLOOD).map(i -> WORD)))
                        .drip(Duration.ZERO)
                : Reply.raw(answer(Flux.generate(sink -> {
                    if (isOver) {
                        sink.complete();
                    } else {
                        sink.next(WORD);
                    }
                })));
    }

    private static Flux<String> answer(Flux<String> words) {
        return Flux.concat(Flux.just(START, BLOCK_START), words, Flux.just(BLOCK_STOP, END, STOP));
    }
}
