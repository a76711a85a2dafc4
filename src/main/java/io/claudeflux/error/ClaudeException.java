package io.claudeflux.error;

import io.claudeflux.message.PartialMessage;
import io.claudeflux.message.UsageReport;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The root of everything this library signals. Its subtypes say where a call broke; its accessors, what that means for
 * the caller.
 */
public abstract sealed class ClaudeException extends RuntimeException
        permits ApiException,
                TransportException,
                StreamException,
                ClockException,
                AdmissionException,
                StructuredOutputException,
                ConfigurationException,
                ToolLoopException {
    private static final int SUMMARY_BYTES = 300;

    /** What is known about the call. */
    private final FailureContext context;

    /**
     * For subtypes.
     *
     * @param message a sentence: what happened and what to do next; no key, no prompt
     * @param cause what was caught, if anything
     * @param context what is known about the call
     */
    ClaudeException(String message, @Nullable Throwable cause, FailureContext context) {
        super(message, cause);
        this.context = context;
    }

    /**
     * Where the call broke.
     *
     * @return the part of the way
     */
    public abstract Origin origin();

    /**
     * The kind of failure as one word, for the tag of a meter or a line of a log. Unlike {@link ApiException#errorType}
     * it never holds what a server said:
     *
     * <ul>
     *   <li>for an error of the API its type, as far as its documentation has it, or else the one that the status
     *       stands for: {@code overloaded_error}, {@code rate_limit_error}; {@code unknown_error} for the rest;
     *   <li>{@code transport_}, {@code stream_}, {@code clock_} or {@code admission_} and the kind, clock or reason:
     *       {@code stream_incomplete}, {@code clock_idle};
     *   <li>{@code configuration}, {@code preflight}, {@code structured_output}, {@code tool_loop}.
     * </ul>
     *
     * @return lower case, one of less than fifty words
     */
    public abstract String label();

    /** The label of a kind. */
    static String label(String family, Enum<?> kind) {
        return family + "_" + kind.name().toLowerCase(Locale.ROOT);
    }

    /**
     * What is known about the call.
     *
     * @return the facts that the other accessors read
     */
    public final FailureContext context() {
        return context;
    }

    /**
     * The server's id of the exchange; support asks for it.
     *
     * @return the id; empty if no response head arrived, or it came from something in between
     */
    public final Optional<String> requestId() {
        return Optional.ofNullable(context.requestId());
    }

    /**
     * How often the request was sent, or was about to be.
     *
     * @return 1 or more; 0 if the call broke before the first attempt
     */
    public final int attempts() {
        return context.attempts();
    }

    /**
     * How many events the subscriber had received, pings apart.
     *
     * @return 0 if nothing was handed down, so that asking again duplicates nothing
     */
    public final long eventsDelivered() {
        return context.eventsDelivered();
    }

    /**
     * How long the server asked to wait.
     *
     * @return the hint of {@code retry-after-ms} or {@code retry-after}; empty if there is none or it makes no sense
     */
    public final Optional<Duration> retryAfter() {
        return Optional.ofNullable(context.retryAfter());
    }

    /**
     * Whether the failure is of a passing kind, so that the same request may succeed when it is sent again. It says
     * nothing about output that was already delivered: see {@link #eventsDelivered()}.
     *
     * @return true for overload, rate limits, broken connections and the like
     */
    public final boolean isRetryable() {
        return context.retryable();
    }

    /**
     * Whether the server may have done the work although no answer came, so that sending the request again may cost
     * twice.
     *
     * @return true if, in any attempt, the request had been written and nothing came back
     */
    public final boolean isAmbiguous() {
        return context.ambiguous();
    }

    /**
     * The message so far, with its usage.
     *
     * @return what had arrived; empty before {@code message_start}
     */
    public final Optional<PartialMessage> partial() {
        return Optional.ofNullable(context.partial());
    }

    /**
     * Why the client did not ask again.
     *
     * @return the reason; empty if the failure came before or outside of the retries
     */
    public final Optional<NotRetried> notRetried() {
        return Optional.ofNullable(context.notRetried());
    }

    /**
     * What the answer consumed before it broke.
     *
     * @return the tokens so far, marked exact or estimated; empty before {@code message_start}
     */
    public final Optional<UsageReport> usage() {
        return partial().map(PartialMessage::usage);
    }

    /**
     * How each attempt of the call failed.
     *
     * @return the first one first; empty if the call broke before its first attempt
     */
    public final List<FailedAttempt> history() {
        CallFacts facts = context.facts();
        return facts == null ? List.of() : facts.attempts();
    }

    /**
     * What support, or a colleague, needs to know to look into the failure: when and where it happened, what the server
     * said and under which id, each attempt with its outcome and the wait behind it, the clocks in force, the versions
     * of library, JDK and operating system, and the shape of the request ({@link io.claudeflux.message.RequestShape}).
     * Nothing of its content, nothing of the answer's, and no key.
     *
     * @return some lines of text, each a name and a value, for people
     */
    public final String report() {
        return new Report(this).text();
    }

    /**
     * The same failure with more known about the call; keeps type, cause, stack trace and suppressed exceptions.
     *
     * @param context what is known now
     * @return a copy
     */
    public final ClaudeException withContext(FailureContext context) {
        ClaudeException copy = copy(context);
        copy.setStackTrace(getStackTrace());
        for (Throwable suppressed : getSuppressed()) {
            copy.addSuppressed(suppressed);
        }
        return copy;
    }

    /** A new exception of this type with this sentence and cause. */
    abstract ClaudeException copy(FailureContext context);

    /** The sentence without what {@link #getMessage()} adds about the call. */
    final String sentence() {
        String message = super.getMessage();
        return message == null ? "" : message;
    }

    /**
     * The failure in a line of a list: its type and its sentence, without what {@link #getMessage()} adds.
     *
     * @return some words; no key, no prompt
     */
    public final String summary() {
        return getClass().getSimpleName() + ": " + ServerText.clean(sentence(), SUMMARY_BYTES);
    }

    /**
     * The sentence, followed by the request id, what was delivered, and why it was not sent again, where there is
     * something to say.
     */
    @Override
    public String getMessage() {
        StringBuilder message = new StringBuilder(sentence());
        if (context.requestId() != null) {
            message.append(" [request-id ")
                    .append(ServerText.clean(context.requestId(), 100))
                    .append(']');
        }
        if (context.eventsDelivered() > 0) {
            message.append(" [after ").append(context.eventsDelivered()).append(" events]");
        }
        if (context.attempts() > 1) {
            message.append(" [").append(context.attempts()).append(" attempts]");
        }
        if (context.notRetried() != null) {
            String because = context.notRetried().because(context.retryAfter());
            message.append(because.isEmpty() ? "" : " [not retried: " + because + "]");
        }
        return message.toString();
    }
}
