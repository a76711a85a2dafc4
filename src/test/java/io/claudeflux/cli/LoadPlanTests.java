package io.claudeflux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadPlanTests {
    @ParameterizedTest
    @CsvSource({"1, 1000", "1000, 1", "5000, 1", "0.1, 10000", "3, 333"})
    void paceFollowsFromTheRateOfOneStream(double eventsPerSecond, long millis) {
        LoadPlan plan = new LoadPlan(10, 10, 10, eventsPerSecond, 5, false);

        assertThat(plan.pace()).isEqualTo(Duration.ofMillis(millis));
        assertThat(plan.simulator()).contains("simulate", "--port=0", "--pace=" + millis, "--recite");
    }

    @Test
    void asManyAreOpenAtOnceAsHavePermits() {
        assertThat(new LoadPlan(10, 10, 4, 1, 5, false).concurrent()).isEqualTo(4);
        assertThat(new LoadPlan(10, 10, 40, 1, 5, false).concurrent()).isEqualTo(10);
    }

    @Test
    void oneConsumerCanOnlyStopWhereOthersGoOn() {
        String complaint = "--stop-one needs at least 2 streams and 2 permits: one is kept";

        assertThat(new LoadPlan(10, 10, 1, 1, 5, true).complaint()).isEqualTo(complaint);
        assertThat(new LoadPlan(1, 10, 10, 1, 5, true).complaint()).isEqualTo(complaint);
        assertThat(new LoadPlan(2, 10, 2, 1, 5, true).complaint()).isNull();
    }
}
