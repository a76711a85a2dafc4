package io.claudeflux.internal.retry;

import io.claudeflux.config.RetryPolicy;
import io.claudeflux.error.ApiException;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.NotRetried;
import io.claudeflux.internal.retry.Decision.GiveUp;
import io.claudeflux.internal.retry.Decision.Retry;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides after each failure of one call whether it is tried again, and when.
 *
 * <p>One instance for each model that a call asks, confined to the call's signals, which never overlap; only the budget
 * is shared. A retry that is not granted changes nothing: it is neither counted nor paid for.
 */
public final class RetryPlan {
    private static final int COST = 14;
    private static final int THROTTLED_COST = 5;

    /** What a success earns that needed no retry. */
    private static final int REWARD = 1;

    private static final long MOST_SPREAD_NANOS = 1_000_000_000;

    private final RetryPolicy policy;
    private final RetryBudget budget;
    private final DoubleSupplier random;
    private final BackoffSequence transientWaits;
    private final BackoffSequence throttlingWaits;
    private int retries;
    private Duration waited;
    private int refund = REWARD;

    /**
     * The plan of a call that was not yet sent.
     *
     * @param policy the rules
     * @param budget what the call's client has left for retries
     * @param random numbers of [0, 1)
     */
    public RetryPlan(RetryPolicy policy, RetryBudget budget, DoubleSupplier random) {
        this(policy, budget, random, Duration.ZERO);
    }

    private RetryPlan(RetryPolicy policy, RetryBudget budget, DoubleSupplier random, Duration waited) {
        this.policy = policy;
        this.budget = budget;
        this.random = random;
        this.transientWaits = new BackoffSequence(policy.transientBackoff(), random);
        this.throttlingWaits = new BackoffSequence(policy.throttlingBackoff(), random);
        this.waited = waited;
    }

    /**
     * The plan for the next model that the same call asks: retries and waits begin anew, and what the call has waited
     * counts on.
     *
     * @return a new plan
     */
    public RetryPlan forAnotherModel() {
        return new RetryPlan(policy, budget, random, waited);
    }

    /**
     * Judges a failed attempt.
     *
     * @param failure how it ended
     * @param delivered whether the subscriber has output, of this attempt or an earlier one
     * @param remaining what is left of the call's total clock, possibly nothing; null if it has none
     * @return the wait before the next attempt, or why there is none
     */
    public Decision after(ClaudeException failure, boolean delivered, @Nullable Duration remaining) {
        NotRetried refusal = refusal(failure, delivered);
        if (refusal != null) {
            return new GiveUp(refusal);
        }
        boolean throttled = failure instanceof ApiException answer && answer.isThrottling();
        BackoffSequence waits = throttled ? throttlingWaits : transientWaits;
        Duration hint = hint(failure);
        Duration delay = hint == null ? waits.draw() : hint.plus(spread(hint));
        int cost = throttled ? THROTTLED_COST : COST;
        // Last, since it takes: a wait that is too long must not cost anything.
        NotRetried obstacle = obstacle(delay, remaining);
        if (obstacle == null && !budget.take(cost)) {
            obstacle = NotRetried.BUDGET;
        }
        if (obstacle != null) {
            return new GiveUp(obstacle);
        }
        if (hint == null) {
            waits.taken(delay);
        }
        retries++;
        waited = waited.plus(delay);
        refund = cost;
        return new Retry(delay);
    }

    /**
     * The call succeeded, which gives the budget back what its last retry took, or one token if it needed none. Only
     * the first success of a call counts.
     */
    public void succeeded() {
        budget.give(refund);
        refund = 0;
    }

    /**
     * How many retries were granted.
     *
     * @return 0 to the policy's {@code maxRetries}
     */
    public int retries() {
        return retries;
    }

    /** What speaks against a retry whenever it came, if anything. */
    private @Nullable NotRetried refusal(ClaudeException failure, boolean delivered) {
        if (delivered) {
            return NotRetried.DELIVERED;
        }
        if (!failure.isRetryable()) {
            return NotRetried.NOT_RETRYABLE;
        }
        if (failure.isAmbiguous() && !policy.retryAmbiguous()) {
            return NotRetried.AMBIGUOUS;
        }
        if (retries >= policy.maxRetries()) {
            return NotRetried.EXHAUSTED;
        }
        Duration hint = hint(failure);
        // From here on a hint is at most the policy's day: no sum with it overflows.
        return hint != null && hint.compareTo(policy.maxRetryAfter()) > 0 ? NotRetried.RETRY_AFTER_TOO_LONG : null;
    }

    /** What speaks against this wait, if anything. */
    private @Nullable NotRetried obstacle(Duration delay, @Nullable Duration remaining) {
        if (waited.plus(delay).compareTo(policy.maxTotalDelay()) > 0) {
            return NotRetried.TOO_LONG;
        }
        return remaining != null && delay.compareTo(remaining) >= 0 ? NotRetried.DEADLINE : null;
    }

    /** The server's wish; one for no wait at all is none, or clients would come back at once. */
    private static @Nullable Duration hint(ClaudeException failure) {
        return failure.retryAfter()
                .filter(wait -> !wait.isZero() && !wait.isNegative())
                .orElse(null);
    }

    /** Keeps the clients apart that were told the same. */
    private Duration spread(Duration hint) {
        long most = Math.min(hint.toNanos() / 10, MOST_SPREAD_NANOS);
        return Duration.ofNanos((long) (random.getAsDouble() * most));
    }
}
