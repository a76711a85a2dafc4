package io.claudeflux.gate.violation;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.fixture.Canary;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** A test class that passes every test and logs what nobody may log, in each of the places that a log line has. */
public final class TellingFixture {
    private static final Logger LOG = LoggerFactory.getLogger("reactor.example");

    @Test
    void tellsAPieceOfTheKeyAPromptAndAnAnswer() {
        LOG.trace("in an argument: {}", Canary.KEY.substring(10, 18));
        LOG.trace("in a message: " + Canary.PROMPT.substring(3));
        LOG.atTrace().addKeyValue("answer", Canary.ANSWER).log("in a pair");
        try (MDC.MDCCloseable closeable = MDC.putCloseable("key", Canary.KEY)) {
            LOG.trace("in the context");
            assertThat(closeable).isNotNull();
        }
        RuntimeException outer = new IllegalStateException("nothing", new RuntimeException("a cause: " + Canary.KEY));
        LOG.debug("thrown", outer);
        RuntimeException inner = new IllegalStateException("nothing");
        inner.addSuppressed(new RuntimeException("suppressed: " + Canary.PROMPT));
        LOG.debug("thrown again", new RuntimeException(inner));
        LOG.trace("seven characters tell nothing: {}", Canary.KEY.substring(10, 17));
    }
}
