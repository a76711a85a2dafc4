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
 * Every transcript, ended at every byte: each time a typed error with exact counts, or the complete message, and never
 * silence.
 */
@Timeout(300)
class EveryCutTests {
    @ParameterizedTest(name = "D09 {0}, END at every byte")
    @EnumSource
    void lastChunkAtEveryByte(Transcripts transcript) {
        Cuts.play(transcript, part -> reply(h200(), chunk(part), end())).assertEnded();
    }
}
