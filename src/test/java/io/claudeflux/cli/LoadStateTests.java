package io.claudeflux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.cli.LoadState.Admission;
import io.claudeflux.cli.LoadState.Counts;
import io.claudeflux.cli.LoadState.FirstEvents;
import io.claudeflux.cli.LoadState.Footprint;
import org.junit.jupiter.api.Test;

class LoadStateTests {
    private static final LoadPlan PLAN = new LoadPlan(5_000, 1_000, 5_000, 1, 5, false);
    private static final LoadPlan WITH_STOPPED = new LoadPlan(5_000, 1_000, 5_000, 1, 5, true);
    private static final Admission AT_REST = new Admission(5_000, 0, 0);

    static LoadState state(LoadPlan plan, Counts counts, Admission admission) {
        return new LoadState(
                plan,
                16_449,
                counts,
                4_998,
                new FirstEvents(2_345_678, 12_000_000),
                new Footprint(14, 4, 90L << 20, 18_125),
                admission);
    }

    private static Counts counts(int peakOpen, int completed, int failed, int cancelled) {
        return new Counts(0, peakOpen, completed, failed, cancelled, 84_285);
    }

    @Test
    void theLineHasAFixedForm() {
        assertThat(state(PLAN, counts(5_000, 5_000, 0, 0), AT_REST).line())
                .isEqualTo("streams=5000 open-at-once=5000 completed=5000 failed=0 cancelled=0 events=84285"
                        + " events-per-second=4998 first-event-p50=2.3ms first-event-p99=12.0ms threads=14 event-loops=4"
                        + " heap-per-stream=17.7KiB permits-in-use=0/5000 queued=0 elapsed=16.4s");
    }

    @Test
    void whatShouldBeHasNoShortcomings() {
        assertThat(state(PLAN, counts(5_000, 5_000, 0, 0), AT_REST).shortcomings())
                .isEmpty();
        assertThat(state(WITH_STOPPED, counts(5_000, 4_999, 0, 1), AT_REST).shortcomings())
                .isEmpty();
    }

    @Test
    void everyShortcomingIsNamed() {
        assertThat(state(PLAN, counts(4_000, 4_998, 0, 0), new Admission(5_000, 2, 1))
                        .shortcomings())
                .containsExactly(
                        "2 of 5000 streams did not end",
                        "only 4000 of 5000 streams were open at the same time",
                        "2 permits were not given back, 1 calls wait");
    }

    @Test
    void aStoppedConsumersStreamMustNotEndByItself() {
        assertThat(state(WITH_STOPPED, counts(5_000, 5_000, 0, 0), AT_REST).shortcomings())
                .containsExactly("the stream whose consumer stopped asking came to an end by itself");
    }
}
