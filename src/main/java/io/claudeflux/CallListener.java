package io.claudeflux;

import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.Finding;
import io.claudeflux.message.StopReason;
import io.claudeflux.message.UsageReport;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import reactor.util.context.ContextView;

/**
 * Hears what happens to calls: each attempt, each decision to try again, and how each call ended with what it consumed.
 *
 * <pre>
 * onCall ( onAttempt onSend onFirstEvent? onRetry )* onAttempt onSend onFirstEvent? onTerminal
 * </pre>
 *
 * <p>A call that is refused or cancelled in the queue has no attempt, and one whose key cannot be had sends nothing; a
 * retry that is refused in the queue has no attempt of its own either.
 *
 * <p>Methods are called on the thread of the signal they stand for, often an event loop, and must not block. Whatever
 * they throw is logged and otherwise ignored. The calls of one subscription come one after another, with one exception:
 * a cancel, or the total clock, may end a call on another thread while an attempt is being announced.
 */
public interface CallListener {
    /**
     * A call begins: somebody subscribed. Called once for each subscription, ahead of everything else.
     *
     * <p>A listener that keeps something for each call, such as a timer, returns an object with that here, and needs no
     * map.
     *
     * @param start what is asked, and of whom
     * @return who hears of the rest of this call in place of this listener; itself by default
     */
    default CallListener onCall(Start start) {
        return this;
    }

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
     * The request of an attempt is about to be written, with the key of its moment, and may be given headers, such as
     * those that hand on a trace. They are for this attempt alone, and only while this method runs.
     *
     * <p>What is there already stays as it is: a header of the client, of the request or of an earlier listener is not
     * replaced. Names and values are checked like all others. The names that say who asks, {@code cookie}, those that
     * begin with {@code anthropic-} and those that frame the message are refused: the call of {@code headers} throws,
     * and the request goes out without that header.
     *
     * @param attempt which one
     * @param headers takes a name and a value
     */
    default void onSend(Attempt attempt, BiConsumer<String, String> headers) {}

    /**
     * The first content of a stream has arrived: what is no ping and no {@code message_start}. Called once for each
     * attempt that gets there, ahead of the events, also where the answer is handed down as one value. That can be more
     * than one attempt of a call only where nothing is handed down before the end, as with {@code create}. Answers that
     * are no streams, such as counts of tokens, have none.
     *
     * @param first of which attempt, and when
     */
    default void onFirstEvent(FirstEvent first) {}

    /**
     * An attempt failed before anything was handed down, and another one follows. Its connection is closed, or back in
     * its pool. A call that falls back because its model was kept in the queue for too long tells that here too.
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
     * A call that begins.
     *
     * @param endpoint method and path, such as {@code POST /v1/messages}
     * @param baseUrl where it goes
     * @param model the model it asks for, or about; empty where there is none
     * @param isStream whether the answer comes as a stream, which that of {@code create} does too
     * @param numbers how the model is to answer, under the names on the wire: {@code max_tokens}, and
     *     {@code temperature}, {@code top_k} and {@code top_p} where the request sets them; empty for other endpoints
     * @param context the subscriber's Reactor Context
     */
    record Start(
            String endpoint,
            URI baseUrl,
            String model,
            boolean isStream,
            Map<String, Number> numbers,
            ContextView context) {
        /**
         * Copies the map.
         *
         * @throws NullPointerException if a value is null
         */
        public Start {
            Objects.requireNonNull(endpoint, "endpoint");
            Objects.requireNonNull(baseUrl, "baseUrl");
            Objects.requireNonNull(model, "model");
            numbers = Map.copyOf(numbers);
            Objects.requireNonNull(context, "context");
        }

        /** Without the context, which may hold anything. */
        @Override
        public String toString() {
            return "Start[" + endpoint + (model.isEmpty() ? "" : ", " + model) + "]";
        }
    }

    /**
     * One attempt of a call.
     *
     * @param number 1 for the first, and on through all models of the call; 0 in a {@link Retry} ahead of the first
     * @param endpoint method and path, such as {@code POST /v1/messages}
     * @param model the model it asks for, or about; empty where there is none
     * @param waited how long it waited for its permit
     * @param context the subscriber's Reactor Context
     */
    record Attempt(int number, String endpoint, String model, Duration waited, ContextView context) {
        /**
         * Takes the values.
         *
         * @throws NullPointerException if a value is null
         */
        public Attempt {
            Objects.requireNonNull(endpoint, "endpoint");
            Objects.requireNonNull(model, "model");
            Objects.requireNonNull(waited, "waited");
            Objects.requireNonNull(context, "context");
        }

        /** Without the context, which may hold anything. */
        @Override
        public String toString() {
            return "Attempt[" + number + ", " + endpoint + (model.isEmpty() ? "" : ", " + model) + "]";
        }
    }

    /**
     * The beginning of a stream.
     *
     * @param attempt whose stream it is
     * @param elapsed the time since the subscription, with all waits
     */
    record FirstEvent(Attempt attempt, Duration elapsed) {
        /**
         * Takes the values.
         *
         * @throws NullPointerException if a value is null
         */
        public FirstEvent {
            Objects.requireNonNull(attempt, "attempt");
            Objects.requireNonNull(elapsed, "elapsed");
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
     * What the last attempt of a call was answered.
     *
     * @param requestId the server's id of the exchange; empty if no head of a response arrived, or it has none
     * @param messageId the id of the message; empty if none had begun
     * @param model the model that answered, as the message names it: the id behind an alias, or the one that the server
     *     fell back to; empty if no message had begun
     * @param stopReason why the message ends there; empty if it did not come to an end
     */
    record Answer(
            Optional<String> requestId,
            Optional<String> messageId,
            Optional<String> model,
            Optional<StopReason> stopReason) {
        private static final Answer NONE =
                new Answer(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        /**
         * Takes the values.
         *
         * @throws NullPointerException if a value is null
         */
        public Answer {
            Objects.requireNonNull(requestId, "requestId");
            Objects.requireNonNull(messageId, "messageId");
            Objects.requireNonNull(model, "model");
            Objects.requireNonNull(stopReason, "stopReason");
        }

        /**
         * No answer.
         *
         * @return an answer that says nothing
         */
        public static Answer none() {
            return NONE;
        }
    }

    /**
     * How a call ended.
     *
     * @param outcome how
     * @param endpoint method and path, such as {@code POST /v1/messages}; the others bring no usage
     * @param attempts how many attempts were made; 0 if it was refused or cancelled before the first
     * @param eventsDelivered how many events the subscriber had received, pings apart
     * @param model the model that was asked last, or asked about; empty where there is none
     * @param answer what the last attempt was answered
     * @param waited how long its attempts waited for their permits together, one that got none included
     * @param elapsed the time since the subscription
     * @param usage what the last attempt consumed as far as is known; empty if no message had begun
     * @param failure why it failed; empty unless it did, and for what is not of this library, such as an {@link Error}
     *     of a class that an answer is read into
     * @param context the subscriber's Reactor Context
     */
    record End(
            Outcome outcome,
            String endpoint,
            int attempts,
            long eventsDelivered,
            String model,
            Answer answer,
            Duration waited,
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
            Objects.requireNonNull(answer, "answer");
            Objects.requireNonNull(waited, "waited");
            Objects.requireNonNull(elapsed, "elapsed");
            Objects.requireNonNull(usage, "usage");
            Objects.requireNonNull(failure, "failure");
            Objects.requireNonNull(context, "context");
        }

        /**
         * The model that answered.
         *
         * @return the one of {@link #answer()}; empty if no message had begun
         */
        public Optional<String> servedBy() {
            return answer.model();
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
