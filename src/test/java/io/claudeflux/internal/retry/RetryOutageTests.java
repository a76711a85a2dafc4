package io.claudeflux.internal.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.config.RetryPolicy;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.NotRetried;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a client does to a server that is down, in a simulation over virtual time. */
class RetryOutageTests {
    private static final RetryPolicy DEFAULTS = RetryPolicy.defaults();

    private final Random random = new Random(42);

    private record Arrival(long millis, RetryPlan plan) {}

    private int requests(int calls, RetryBudget budget, RetryPolicy policy, ClaudeException answer) {
        PriorityQueue<Arrival> arrivals = new PriorityQueue<>(Comparator.comparingLong(Arrival::millis));
        for (int call = 0; call < calls; call++) {
            arrivals.add(new Arrival(call * 10L, new RetryPlan(policy, budget, random::nextDouble)));
        }
        int requests = 0;
        for (Arrival next = arrivals.poll(); next != null; next = arrivals.poll()) {
            requests++;
            if (next.plan().after(answer, false, null) instanceof Decision.Retry retry) {
                arrivals.add(new Arrival(next.millis() + retry.delay().toMillis(), next.plan()));
            }
        }
        return requests;
    }

    /** E30: 6,000 calls at 100 a second, all answered 500. */
    @Test
    void anOutageIsNotMadeWorse() {
        assertThat(requests(6_000, new RetryBudget(500), DEFAULTS, Failures.status(500)))
                .isBetween(6_000 + 35, 6_300);
        assertThat(requests(6_000, new RetryBudget(500), DEFAULTS, Failures.status(529)))
                .isBetween(6_000 + 100, 6_300);
    }

    @Test
    void withoutABudgetItWouldBeMadeThreeTimesAsBad() {
        RetryPolicy reckless = DEFAULTS.withoutBudget();
        assertThat(requests(6_000, new RetryBudget(reckless.budget()), reckless, Failures.status(500)))
                .isEqualTo(18_000);
    }

    /** E13. */
    @Test
    void fortyFailingCallsMakeThirtyFiveRetries() {
        RetryBudget budget = new RetryBudget(500);
        int retries = 0;
        int suppressed = 0;
        for (int call = 0; call < 40; call++) {
            RetryPlan plan = new RetryPlan(DEFAULTS.withMaxRetries(1), budget, random::nextDouble);
            Decision decision = plan.after(Failures.status(500), false, null);
            if (decision instanceof Decision.GiveUp end) {
                assertThat(end.reason()).isEqualTo(NotRetried.BUDGET);
                suppressed++;
            } else {
                retries++;
            }
        }
        assertThat(retries).isEqualTo(35);
        assertThat(suppressed).isEqualTo(5);
    }

    @Test
    void successesFillTheBudgetAgain() {
        RetryBudget budget = new RetryBudget(500);
        requests(6_000, budget, DEFAULTS, Failures.status(500));
        assertThat(budget.tokens()).isLessThan(14);
        for (int call = 0; call < 500; call++) {
            new RetryPlan(DEFAULTS, budget, random::nextDouble).succeeded();
        }
        assertThat(budget.tokens()).isEqualTo(500);
    }

    /** A call in fifty that fails once is no outage: the budget must not be what ends it. */
    @Test
    void passingFaultsDoNotSpendTheBudget() {
        RetryBudget budget = new RetryBudget(500);
        for (int call = 0; call < 50_000; call++) {
            RetryPlan plan = new RetryPlan(DEFAULTS, budget, random::nextDouble);
            if (random.nextInt(50) == 0) {
                assertThat(plan.after(Failures.status(500), false, null)).isInstanceOf(Decision.Retry.class);
            }
            plan.succeeded();
        }
        assertThat(budget.tokens()).isEqualTo(500);
    }

    /** The storm table: a thousand calls that fail together must not come back together. */
    @Test
    void callsThatFailTogetherDriftApart() {
        for (int seed = 0; seed < 8; seed++) {
            Random dice = new Random(seed);
            int[] perTick = new int[10_000];
            for (int call = 0; call < 1_000; call++) {
                RetryPolicy policy =
                        DEFAULTS.withMaxRetries(4).withTransientBackoff(Duration.ofMillis(500), Duration.ofSeconds(8));
                RetryPlan plan = new RetryPlan(policy, new RetryBudget(500), dice::nextDouble);
                long at = 0;
                for (int retry = 0; retry < 4; retry++) {
                    Decision.Retry next = (Decision.Retry) plan.after(Failures.status(500), false, null);
                    assertThat(next.delay()).as("seed %d", seed).isGreaterThanOrEqualTo(Duration.ofMillis(500));
                    at += next.delay().toMillis();
                    perTick[(int) (at / 100)]++;
                }
            }
            int peak = 0;
            for (int count : perTick) {
                peak = Math.max(peak, count);
            }
            assertThat(peak).as("retries in the worst 100 ms, seed %d", seed).isLessThan(200);
        }
    }
}
