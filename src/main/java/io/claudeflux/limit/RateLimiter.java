package io.claudeflux.limit;

import io.claudeflux.message.RateLimits;
import io.claudeflux.message.UsageReport;
import java.util.Objects;
import reactor.core.publisher.Mono;

/**
 * Decides when the next attempt may be sent. The client's own is configured by {@link Pacing}; another one, such as one
 * that is shared by a fleet, is handed to the client's builder.
 *
 * <p>The client asks for the attempt that is next in its queue, one at a time for each model, and only while it has a
 * permit free: the order is the queue's and not the limiter's. The queue clock runs meanwhile.
 *
 * <p>Implementations are safe for use by several threads and block none of them.
 */
public interface RateLimiter {
    /**
     * Waits until an attempt of this size may be sent.
     *
     * @param estimate how large it will be
     * @return cold; emits one lease when it may go; cancelled when nobody waits any more. An error, or no lease, ends
     *     the call: an implementation that would rather let through than fail says so with {@code onErrorResume}
     */
    Mono<Lease> acquire(Estimate estimate);

    /**
     * How large an attempt will be, as far as can be said before.
     *
     * @param model the model it asks for
     * @param isFast whether it asks for the speed that has limits of its own
     * @param inputTokens about how many tokens it brings, judged by its length; what comes from the prompt cache is
     *     among them
     * @param maxOutputTokens the most tokens it may generate, which is far more than it usually does
     */
    record Estimate(String model, boolean isFast, long inputTokens, long maxOutputTokens) {
        /**
         * Takes the values.
         *
         * @throws NullPointerException if {@code model} is null
         */
        public Estimate {
            Objects.requireNonNull(model, "model");
        }
    }

    /**
     * Leave for one attempt. Methods are called on the threads of its signals, often an event loop; what they throw is
     * logged and otherwise ignored.
     */
    interface Lease {
        /**
         * The head of the answer has arrived, be it a stream or an error.
         *
         * @param reported the limits it told of; empty families if none
         */
        default void learn(RateLimits reported) {}

        /**
         * The attempt is over: completed, failed or cancelled. Called exactly once, also for one that was never sent.
         *
         * @param usage what it consumed; all zero for one that was refused or got no permit. Not exact where it broke
         *     or was cancelled: the input is then the estimate if no answer began, even if the cancel came ahead of the
         *     sending
         */
        void settle(UsageReport usage);
    }
}
