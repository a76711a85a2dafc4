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
 * {@link EveryCutTests} with the end of the connection in place of the last chunk. Every byte takes 65,000 connections
 * and several minutes, so that some 600 of each transcript are tried, others each time;
 * {@code -Dclaudeflux.cuts.most=100000} tries all.
 */
@Timeout(300)
class EveryCutIT {
    private static final int MOST = Integer.getInteger("claudeflux.cuts.most", 600);

    @ParameterizedTest(name = "D10 {0}, close-delimited, FIN at many a byte")
    @EnumSource
    void closeAtManyAByte(Transcripts transcript) {
        Step head = head(200, "content-type: text/event-stream", "request-id: req_t");
        Cuts.play(transcript, Cuts.stride(transcript, MOST), part -> reply(head, raw(part), fin()))
                .assertEnded();
    }

    @ParameterizedTest(name = "D08 {0}, chunked, FIN at many a byte")
    @EnumSource
    void brokenOffAtManyAByte(Transcripts transcript) {
        Cuts.play(transcript, Cuts.stride(transcript, MOST), part -> reply(h200(), chunk(part), fin()))
                .assertBrokenOff();
    }
}
