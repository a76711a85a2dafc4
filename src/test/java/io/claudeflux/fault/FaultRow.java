package io.claudeflux.fault;

import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.h200;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.ClaudeClient;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.NotRetried;
import io.claudeflux.fixture.Canary;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.RecordedRequest;
import io.claudeflux.fixture.Script;
import io.claudeflux.stream.StreamEvent;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;

/**
 * One row of a fault table as a test: the server says this, the caller sees that, in so many requests.
 *
 * <p>Each row holds the number of requests, what the error says about it, and the count that each request carries.
 */
final class FaultRow {
    private static final int ATTEMPTS = 3;
    private static final String HEALED = Canary.ANSWER;

    private FaultRow() {}

    /** A row that is over with its first request. */
    static DynamicTest row(String name, Script script, Consumer<Outcome<StreamEvent>> expected) {
        return row(name, UnaryOperator.identity(), script, expected);
    }

    /** The same with other settings of the client. */
    static DynamicTest row(
            String name,
            UnaryOperator<ClaudeClient.Builder> settings,
            Script script,
            Consumer<Outcome<StreamEvent>> expected) {
        return DynamicTest.dynamicTest(name, () -> requests(1, settings, List.of(script), expected));
    }

    /** A row that is tried again until the attempts are used up, and healed by a second request that is answered. */
    static DynamicTest retried(String name, Script script, Consumer<Outcome<StreamEvent>> expected) {
        return DynamicTest.dynamicTest(name + " (retried)", () -> {
            requests(ATTEMPTS, UnaryOperator.identity(), List.of(script), expected);
            Script answer = reply(h200(), chunk(good(HEALED)), end());
            requests(2, UnaryOperator.identity(), List.of(script, answer), Expect.done(HEALED));
        });
    }

    /** A row whose requests get one script each. */
    static DynamicTest sequence(String name, Consumer<Outcome<StreamEvent>> expected, Script... scripts) {
        return DynamicTest.dynamicTest(
                name, () -> requests(scripts.length, UnaryOperator.identity(), List.of(scripts), expected));
    }

    private static void requests(
            int count,
            UnaryOperator<ClaudeClient.Builder> settings,
            List<Script> scripts,
            Consumer<Outcome<StreamEvent>> expected) {
        try (FaultBench bench = FaultBench.serving(settings, scripts.toArray(Script[]::new))) {
            Outcome<StreamEvent> outcome = bench.stream();
            expected.accept(outcome);
            List<RecordedRequest> requests = bench.server().requests();
            assertThat(requests).as("reqs").hasSize(count);
            assertThat(requests)
                    .extracting(
                            request -> request.header("x-stainless-retry-count").orElse("none"))
                    .isEqualTo(IntStream.range(0, count)
                            .mapToObj(Integer::toString)
                            .toList());
            if (outcome.error() instanceof ClaudeException error) {
                assertThat(error.attempts()).as("attempts").isEqualTo(count);
                assertThat(error.notRetried()).as("the reason").contains(reason(error, count));
            }
        }
    }

    private static NotRetried reason(ClaudeException error, int count) {
        if (error.eventsDelivered() > 0) {
            return NotRetried.DELIVERED;
        }
        if (!error.isRetryable()) {
            return NotRetried.NOT_RETRYABLE;
        }
        return count < ATTEMPTS ? NotRetried.AMBIGUOUS : NotRetried.EXHAUSTED;
    }
}
