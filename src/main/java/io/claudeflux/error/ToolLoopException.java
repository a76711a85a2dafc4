package io.claudeflux.error;

import io.claudeflux.message.MessageParam;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A run with tools could not go on; what it reached is kept, so that no tool has to run a second time.
 *
 * <p>It is the error of the run where the run itself gave up: as many rounds as allowed were made, or a tool broke with
 * an {@link Error} of the JVM, which is its cause. Where a request of the run failed, that request's own error is the
 * error of the run, with its own type, and this one is among its suppressed exceptions. {@link #in} finds it in either
 * place:
 *
 * <pre>{@code
 * MessageRequest rest = ToolLoopException.in(failure)
 *         .map(loop -> request.toBuilder().messages(loop.conversation()).build())
 *         .orElse(request);
 * }</pre>
 */
public final class ToolLoopException extends ClaudeException {
    /** The round that did not come about, or broke. */
    private final int round;

    /** What that round was asked, or would have been. */
    private final List<MessageParam> conversation;

    /**
     * A run that ended.
     *
     * @param message a sentence: what happened and what to do next; nothing of what was said
     * @param cause what broke it, if it is not what this is suppressed in
     * @param round the round that broke or was not begun; the first is 1
     * @param conversation the turns of that round's request
     */
    public ToolLoopException(String message, @Nullable Throwable cause, int round, List<MessageParam> conversation) {
        this(message, cause, FailureContext.local(), new Reached(round, List.copyOf(conversation)));
    }

    private ToolLoopException(String message, @Nullable Throwable cause, FailureContext context, Reached reached) {
        super(message, cause, context);
        this.round = reached.round();
        this.conversation = reached.conversation();
    }

    private record Reached(int round, List<MessageParam> conversation) {}

    /**
     * What is known of the run in which something failed.
     *
     * @param failure the error of a run
     * @return the failure itself, or what was suppressed in it; empty if it comes from elsewhere
     */
    public static Optional<ToolLoopException> in(Throwable failure) {
        return Stream.concat(Stream.of(failure), Arrays.stream(failure.getSuppressed()))
                .filter(ToolLoopException.class::isInstance)
                .map(ToolLoopException.class::cast)
                // Of an exception that several runs ended in, the last of them.
                .reduce((earlier, latest) -> latest);
    }

    /**
     * The round that broke, or was not begun because of the limit.
     *
     * @return 1 or more
     */
    public int round() {
        return round;
    }

    /**
     * The turns of that round's request: those the run began with, each answer of the model as it came, and the results
     * of its calls. Sent again they ask for that round, and for nothing before it. If it was a tool that broke, the
     * calls of that round are not among them.
     *
     * @return the turns, immutable
     */
    public List<MessageParam> conversation() {
        return conversation;
    }

    @Override
    public String label() {
        return "tool_loop";
    }

    @Override
    public Origin origin() {
        return Origin.TOOLS;
    }

    @Override
    ClaudeException copy(FailureContext context) {
        return new ToolLoopException(sentence(), getCause(), context, new Reached(round, conversation));
    }
}
