package io.claudeflux.internal.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.config.RetryPolicy;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.NotRetried;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPlanTests {
    private static final RetryPolicy DEFAULTS = RetryPolicy.defaults();

    private final RetryBudget budget = new RetryBudget(500);

    private RetryPlan plan(RetryPolicy policy) {
        return new RetryPlan(policy, budget, new Random(1)::nextDouble);
    }

    private static Duration delay(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Retry.class);
        return ((Decision.Retry) decision).delay();
    }

    private static NotRetried reason(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.GiveUp.class);
        return ((Decision.GiveUp) decision).reason();
    }

    private NotRetried refusal(RetryPolicy policy, ClaudeException failure, @Nullable Duration remaining) {
        return reason(plan(policy).after(failure, false, remaining));
    }

    /** E01 and E02: two retries by default, none if there may be none. */
    @Test
    void asManyRetriesAsThePolicyAllows() {
        RetryPlan plan = plan(DEFAULTS);
        delay(plan.after(Failures.status(529), false, null));
        delay(plan.after(Failures.status(529), false, null));
        assertThat(reason(plan.after(Failures.status(529), false, null))).isEqualTo(NotRetried.EXHAUSTED);
        assertThat(plan.retries()).isEqualTo(2);
        assertThat(refusal(RetryPolicy.none(), Failures.status(529), null)).isEqualTo(NotRetried.EXHAUSTED);
    }

    @Test
    void nothingIsRetriedBehindOutput() {
        assertThat(reason(plan(DEFAULTS).after(Failures.inStream("overloaded_error"), true, null)))
                .isEqualTo(NotRetried.DELIVERED);
        delay(plan(DEFAULTS).after(Failures.inStream("overloaded_error"), false, null));
    }

    @Test
    void whatDoesNotPassIsNotRetried() {
        assertThat(refusal(DEFAULTS, Failures.hopeless(), null)).isEqualTo(NotRetried.NOT_RETRYABLE);
    }

    /** D15: whether work that may have been done is done again is the caller's choice. */
    @Test
    void ambiguousFailuresAreRetriedUnlessThePolicySaysOtherwise() {
        delay(plan(DEFAULTS).after(Failures.unanswered(), false, null));
        RetryPolicy careful = DEFAULTS.withRetryAmbiguous(false);
        assertThat(refusal(careful, Failures.unanswered(), null)).isEqualTo(NotRetried.AMBIGUOUS);
        delay(plan(careful).after(Failures.refused(), false, null));
    }

    /** E03 and E04: never earlier than the hint, and up to a tenth or a second later. */
    @Test
    void aHintIsAFloorWithSpreadBehindIt() {
        for (int seed = 0; seed < 1_000; seed++) {
            RetryPlan plan = new RetryPlan(DEFAULTS, new RetryBudget(500), new Random(seed)::nextDouble);
            assertThat(delay(plan.after(Failures.status(429, Duration.ofMillis(250)), false, null)))
                    .as("seed %d", seed)
                    .isBetween(Duration.ofMillis(250), Duration.ofMillis(275));
            assertThat(delay(plan.after(Failures.status(429, Duration.ofSeconds(60)), false, null)))
                    .as("seed %d", seed)
                    .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(61));
        }
    }

    /** E08: a hint that is none leaves the computed wait, which is never below the base. */
    @Test
    void withoutAHintTheWaitIsComputedByTheClassOfTheFailure() {
        for (int seed = 0; seed < 1_000; seed++) {
            for (ClaudeException slow : new ClaudeException[] {
                Failures.status(429),
                Failures.status(503),
                Failures.status(529),
                Failures.inStream("overloaded_error"),
                Failures.inStream("rate_limit_error"),
                Failures.status(529, Duration.ZERO),
                Failures.status(529, Duration.ofSeconds(-5))
            }) {
                RetryPlan plan = new RetryPlan(DEFAULTS, new RetryBudget(500), new Random(seed)::nextDouble);
                assertThat(delay(plan.after(slow, false, null)))
                        .as("%s, seed %d", slow, seed)
                        .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(3));
            }
            for (ClaudeException fast :
                    new ClaudeException[] {Failures.status(500), Failures.refused(), Failures.unanswered()}) {
                RetryPlan plan = new RetryPlan(DEFAULTS, new RetryBudget(500), new Random(seed)::nextDouble);
                assertThat(delay(plan.after(fast, false, null)))
                        .as("%s, seed %d", fast, seed)
                        .isBetween(Duration.ofMillis(100), Duration.ofMillis(300));
            }
        }
    }

    /** E09: a longer hint is neither shortened nor slept. */
    @ParameterizedTest
    @ValueSource(strings = {"PT60.001S", "PT61S", "PT1000H", "PT2562047788015H"})
    void aHintBeyondTheLimitEndsTheCall(Duration hint) {
        RetryPolicy policy = DEFAULTS.withMaxRetryAfter(Duration.ofSeconds(60));
        assertThat(refusal(policy, Failures.status(429, hint), null)).isEqualTo(NotRetried.RETRY_AFTER_TOO_LONG);
        delay(plan(policy).after(Failures.status(429, Duration.ofSeconds(60)), false, null));
    }

    /** E18: a wait that the total clock would cut is not begun. */
    @ParameterizedTest
    @ValueSource(strings = {"PT5S", "PT1S", "PT0S", "PT-1S"})
    void aWaitBeyondTheTotalClockEndsTheCallAtOnce(Duration remaining) {
        assertThat(refusal(DEFAULTS, Failures.status(429, Duration.ofSeconds(5)), remaining))
                .isEqualTo(NotRetried.DEADLINE);
        assertThat(budget.tokens()).isEqualTo(500);
    }

    @Test
    void allWaitsTogetherHaveALimit() {
        RetryPlan plan = plan(DEFAULTS.withMaxRetries(10));
        ClaudeException busy = Failures.status(429, Duration.ofSeconds(100));
        delay(plan.after(busy, false, null));
        delay(plan.after(busy, false, null));
        assertThat(reason(plan.after(busy, false, null))).isEqualTo(NotRetried.TOO_LONG);
    }

    @Test
    void theLimitHoldsForAllModelsOfACallAndTheRestBeginsAnew() {
        ClaudeException busy = Failures.status(429, Duration.ofSeconds(100));
        RetryPlan first = plan(DEFAULTS.withMaxRetries(1));
        delay(first.after(busy, false, null));
        assertThat(reason(first.after(busy, false, null))).isEqualTo(NotRetried.EXHAUSTED);
        RetryPlan second = first.forAnotherModel();
        delay(second.after(busy, false, null));
        RetryPlan third = second.forAnotherModel();
        assertThat(third.retries()).isZero();
        assertThat(reason(third.after(busy, false, null))).isEqualTo(NotRetried.TOO_LONG);
        delay(third.after(Failures.status(500), false, null));
    }

    @Test
    void aRetryCostsItsClassAndASuccessGivesItBack() {
        RetryPlan plan = plan(DEFAULTS);
        plan.after(Failures.status(500), false, null);
        assertThat(budget.tokens()).isEqualTo(486);
        plan.after(Failures.status(529), false, null);
        assertThat(budget.tokens()).isEqualTo(481);
        plan.succeeded();
        assertThat(budget.tokens()).as("the cost of the last retry").isEqualTo(486);
        plan.succeeded();
        assertThat(budget.tokens()).as("once").isEqualTo(486);
        plan(DEFAULTS).succeeded();
        assertThat(budget.tokens()).as("1 for a call without retries").isEqualTo(487);
    }

    @Test
    void withoutTokensTheOriginalErrorSurfaces() {
        RetryBudget spent = new RetryBudget(13);
        RetryPlan plan = new RetryPlan(DEFAULTS, spent, () -> 0);
        assertThat(reason(plan.after(Failures.status(500), false, null))).isEqualTo(NotRetried.BUDGET);
        delay(plan.after(Failures.status(529), false, null));
        assertThat(spent.tokens()).isEqualTo(8);
    }

    /** A gateway may put the API's words behind a status of its own. */
    @Test
    void theWordsOfTheServerOutweighTheStatusOfAGateway() {
        ClaudeException busy = Failures.envelope(500, "overloaded_error");
        assertThat(delay(plan(DEFAULTS).after(busy, false, null))).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(budget.tokens()).isEqualTo(495);
    }

    @Test
    void hintsDoNotStretchTheComputedWaits() {
        RetryPlan plan = plan(DEFAULTS.withMaxRetries(3));
        delay(plan.after(Failures.status(429, Duration.ofSeconds(100)), false, null));
        assertThat(delay(plan.after(Failures.status(429), false, null)))
                .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(3));
    }
}
