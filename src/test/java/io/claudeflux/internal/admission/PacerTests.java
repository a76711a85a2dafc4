package io.claudeflux.internal.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.limit.Pacing;
import io.claudeflux.limit.Quota;
import io.claudeflux.limit.RateLimiter.Estimate;
import io.claudeflux.message.Usage;
import io.claudeflux.message.UsageReport;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

/** What a pacer knows about models, of which there may be many. */
class PacerTests {
    private static final Duration REFILL = Duration.ofSeconds(10);

    private final VirtualTimeScheduler timer = VirtualTimeScheduler.create();
    private final Pacer pacer = new Pacer(Pacing.of(new Quota(6, 0, 0)), timer);

    @Test
    void whatWasUsedIsNotForgottenForTheSakeOfOtherModels() {
        use("m");
        for (int i = 0; i < 100; i++) {
            use("other-" + i);
        }

        LeaseProbe second = new LeaseProbe();
        pacer.acquire(estimate("m")).subscribe(second);

        assertThat(second.leases).as("one every ten seconds").isEmpty();
        timer.advanceTimeBy(REFILL);
        assertThat(second.leases).hasSize(1);
    }

    @Test
    void modelsThatAreNotUsedAnyMoreAreForgotten() {
        for (int i = 0; i < 100; i++) {
            use("other-" + i);
        }
        timer.advanceTimeBy(REFILL);

        use("m");

        assertThat(pacer.buckets("m")).isNotEmpty();
        assertThat(pacer.buckets("other-0")).isEmpty();
    }

    private void use(String model) {
        LeaseProbe probe = new LeaseProbe();
        pacer.acquire(estimate(model)).subscribe(probe);
        probe.leases.get(0).settle(new UsageReport(Usage.of(10, 10), true));
    }

    private static Estimate estimate(String model) {
        return new Estimate(model, false, 10, 10);
    }
}
