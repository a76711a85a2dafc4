package io.claudeflux.fault;

import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.h200;

import io.claudeflux.fixture.Transcripts;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every transcript, ended at every byte, or a long one at some 2,500 of them, others each time: a typed error with
 * exact counts, or the complete message, and never silence.
 */
@Timeout(300)
class EveryCutTests {
    private static final int MOST = 2_500;

    @ParameterizedTest(name = "D09 {0}, END at every byte")
    @EnumSource
    void lastChunkAtEveryByte(Transcripts transcript) {
        Cuts.play(transcript, Cuts.stride(transcript, MOST), part -> reply(h200(), chunk(part), end()))
                .assertEnded();
    }
}
