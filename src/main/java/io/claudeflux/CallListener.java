package io.claudeflux;

import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.Finding;
import io.claudeflux.message.UsageReport;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import reactor.util.context.ContextView;

/**
 * Hears what happens to calls: each attempt, each decision to try again, and how each call ended with what it consumed.
 *
 * <p>Methods are called on the thread of the signal they stand for, often an event loop, and must not block. Whatever
 * they throw is logged and otherwise ignored. The calls of one subscription come one after another, with one exception:
 * a cancel, or the total clock, may end a call on another thread while an attempt is being announced.
 */
public interface CallListener {
    /**
     * Something about a request looks wrong, and it is sent all the same: a model's id like another one's, a beta's
     * field without its header, and whatever else the API may accept some day. Called ahead of the first attempt with
     * each model, once for each warning; the log gets each only once in the life of a client.
     *
     * @param warning what looks wrong
     */
    default void onWarning(Warning warning) {}

    /**
     * A request is about to be sent. It has its permit; there may be no connection yet.
     *
     * @param attempt which one
     */
    default void onAttempt(Attempt attempt) {}

    /**
     * An attempt failed before anything was handed down, and another one follows. Its connection is closed, or back in
     * its pool.
     *
     * @param retry what failed and what follows
     */
    default void onRetry(Retry retry) {}

    /**
     * A call is over. Called exactly once for each subscription, ahead of the terminal signal, or at the cancel.
     *
     * @param end how it went
     */
    default void onTerminal(End end) {}

    /**
     * Something that preflight found and that does not keep a request from being sent.
     *
     * @param finding where, what, the rule and the fix; shows nothing of the request but short words
     * @param model the model that is asked
     * @param context the subscriber's Reactor Context
     */
    record Warning(Finding finding, String model, ContextView context) {
        /**
         * Takes the values.
         *
         * @throws NullPointerException if a value is null
         */
        public Warning {
            Objects.requireNonNull(finding, "finding");
            Objects.requireNonNull(model, "model");
            Objects.requireNonNull(context, "context");
        }

        /** Without the context, which may hold anything. */
        @Override
        public String toString() {
            return "Warning[" + model + ", " + finding + "]";
        }
    }

    /**
     * One attempt of a call.
     *
     * @param number 1 for the first, and on through all models of the call
     * @param endpoint method and path, such as {@code POST /v1/messages}
     * @param model the model it asks for, or about; empty where there is none
     * @param context the subscriber's Reactor Context
     */
    record Attempt(int number, String endpoint, String model, ContextView context) {
        /**
         * Takes the values.
         *
         * @throws NullPointerException if a value is null
         */
        public Attempt {
            Objects.requireNonNull(endpoint, "endpoint");
            Objects.requireNonNull(model, "model");
            Objects.requireNonNull(context, "context");
        }

        /** Without the context, which may hold anything. */
        @Override
        public String toString() {
            return "Attempt[" + number + ", " + endpoint + (model.isEmpty() ? "" : ", " + model) + "]";
        }
    }

    /**
     * A failure that the subscriber does not see.
     *
     * @param failed the attempt that failed
     * @param failure why; its {@code partial()} has the usage of what had arrived, which was consumed all the same
     * @param delay how long nothing happens now; zero ahead of another model, and ahead of a fresh token in place of
     *     one that was refused
     * @param nextModel the model that is asked next; another one than before if the call falls back
     */
    record Retry(Attempt failed, ClaudeException failure, Duration delay, String nextModel) {
        /**
         * Takes the values.
         *
         * @throws NullPointerException if a value is null
         */
        public Retry {
            Objects.requireNonNull(failed, "failed");
            Objects.requireNonNull(failure, "failure");
            Objects.requireNonNull(delay, "delay");
            Objects.requireNonNull(nextModel, "nextModel");
        }
    }

    /** The ways a call ends. */
    enum Outcome {
        /** The whole answer was there. */
        COMPLETED,
        /** It failed for good. */
        FAILED,
        /** Its subscriber cancelled it, as {@code take(1)} does. */
        CANCELLED
    }

    /**
     * How a call ended.
     *
     * @param outcome how
     * @param endpoint method and path, such as {@code POST /v1/messages}; the others bring no usage
     * @param attempts how many attempts were made; 0 if it was refused or cancelled before the first
     * @param eventsDelivered how many events the subscriber had received, pings apart
     * @param model the model that was asked last, or asked about; empty where there is none
     * @param servedBy the model that answered, as the message names it: the id behind an alias, or the one that the
     *     server fell back to; empty if no message had begun
     * @param elapsed the time since the subscription
     * @param usage what the last attempt consumed as far as is known; empty if no message had begun
     * @param failure why it failed; empty unless it did
     * @param context the subscriber's Reactor Context
     */
    record End(
            Outcome outcome,
            String endpoint,
            int attempts,
            long eventsDelivered,
            String model,
            Optional<String> servedBy,
            Duration elapsed,
            Optional<UsageReport> usage,
            Optional<ClaudeException> failure,
            ContextView context) {
        /**
         * Takes the values.
         *
         * @throws NullPointerException if a value is null
         */
        public End {
            Objects.requireNonNull(outcome, "outcome");
            Objects.requireNonNull(endpoint, "endpoint");
            Objects.requireNonNull(model, "model");
            Objects.requireNonNull(servedBy, "servedBy");
            Objects.requireNonNull(elapsed, "elapsed");
            Objects.requireNonNull(usage, "usage");
            Objects.requireNonNull(failure, "failure");
            Objects.requireNonNull(context, "context");
        }

        /** Without the context, which may hold anything. */
        @Override
        public String toString() {
            return "End[" + outcome + ", " + endpoint + ", attempts=" + attempts + ", eventsDelivered="
                    + eventsDelivered + ", " + model
                    + ", " + elapsed.toMillis() + " ms, "
                    + usage.map(Object::toString).orElse("no usage")
                    + failure.map(error -> ", " + error.getMessage()).orElse("") + "]";
        }
    }
}
