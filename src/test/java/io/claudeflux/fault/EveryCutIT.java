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

/** {@link EveryCutTests} with the end of the connection in place of the last chunk; slow for its 12,000 connections. */
@Timeout(300)
class EveryCutIT {
    @ParameterizedTest(name = "D10 {0}, close-delimited, FIN at every byte")
    @EnumSource
    void closeAtEveryByte(Transcripts transcript) {
        Step head = head(200, "content-type: text/event-stream", "request-id: req_t");
        Cuts.play(transcript, part -> reply(head, raw(part), fin())).assertEnded();
    }

    @ParameterizedTest(name = "D08 {0}, chunked, FIN at every byte")
    @EnumSource
    void brokenOffAtEveryByte(Transcripts transcript) {
        Cuts.play(transcript, part -> reply(h200(), chunk(part), fin())).assertBrokenOff();
    }
}
