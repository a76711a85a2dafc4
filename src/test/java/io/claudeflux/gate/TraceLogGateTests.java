package io.claudeflux.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.fixture.Canary;
import io.claudeflux.fixture.LogCapture;
import io.claudeflux.gate.violation.TellingFixture;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class TraceLogGateTests {
    private static final Logger LOG = LoggerFactory.getLogger("io.netty.example");

    @Test
    void aToldSecretFailsTheClassThatToldItWhereverTheLineHoldsIt() {
        assertThat(FixtureRun.failuresOf(TellingFixture.class))
                .singleElement()
                .extracting(Throwable::getMessage)
                .asString()
                .contains("6 log line(s) that tell a secret seen after TellingFixture")
                .contains("TRACE reactor.example")
                .contains("in an argument", "in a message", "in a pair", "in the context", "thrown", "thrown again")
                .doesNotContain("seven characters");
    }

    @Test
    void readsEveryLevelOfOursReactorsAndNettysEvenWhileATestReadsAlongToo() {
        long before = TraceLog.lines();
        LoggerFactory.getLogger("io.claudeflux.example").trace("one");
        LoggerFactory.getLogger("reactor.netty.example").trace("two");
        try (LogCapture logs = LogCapture.start(Canary.PROMPT)) {
            LOG.trace("three");
            LOG.trace("{}", Canary.PROMPT);
            assertThat(logs.betrayals()).hasSize(1);
        }
        LOG.trace("five");

        assertThat(TraceLog.lines()).isGreaterThanOrEqualTo(before + 5);
        assertThat(TraceLog.drain()).singleElement().asString().contains(Canary.PROMPT);
    }
}
