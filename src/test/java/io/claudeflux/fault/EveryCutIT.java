package io.claudeflux.fault;

import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.fin;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.head;
import static io.claudeflux.fixture.Steps.raw;

import io.claudeflux.fixture.Step;
import io.claudeflux.fixture.Transcripts;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@link EveryCutTests} with the end of the connection in place of the last chunk. Every byte takes 12,000 connections
 * and a minute, so that one of four is tried, others each time; {@code -Dclaudeflux.cuts.stride=1} tries all.
 */
@Timeout(300)
class EveryCutIT {
    private static final int STRIDE = Integer.getInteger("claudeflux.cuts.stride", 4);

    @ParameterizedTest(name = "D10 {0}, close-delimited, FIN at many a byte")
    @EnumSource
    void closeAtManyAByte(Transcripts transcript) {
        Step head = head(200, "content-type: text/event-stream", "request-id: req_t");
        Cuts.play(transcript, STRIDE, part -> reply(head, raw(part), fin())).assertEnded();
    }

    @ParameterizedTest(name = "D08 {0}, chunked, FIN at many a byte")
    @EnumSource
    void brokenOffAtManyAByte(Transcripts transcript) {
        Cuts.play(transcript, STRIDE, part -> reply(h200(), chunk(part), fin())).assertBrokenOff();
    }
}
