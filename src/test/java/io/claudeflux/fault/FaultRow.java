package io.claudeflux.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Script;
import io.claudeflux.stream.StreamEvent;
import java.util.function.Consumer;
import org.junit.jupiter.api.DynamicTest;

/**
 * One row of a fault table as a test: the server says this, the caller sees that, in one request.
 *
 * <p>This release makes exactly one attempt, so each row also holds the number of requests to one.
 */
final class FaultRow {
    private FaultRow() {}

    /** A test with the row's id and setup as its name. */
    static DynamicTest row(String name, Script script, Consumer<Outcome<StreamEvent>> expected) {
        return DynamicTest.dynamicTest(name, () -> {
            try (FaultBench bench = FaultBench.serving(script)) {
                expected.accept(bench.stream());
                assertThat(bench.server().reqs()).as("reqs").isEqualTo(1);
            }
        });
    }
}
