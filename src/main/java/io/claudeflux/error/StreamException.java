package io.claudeflux.error;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The answer is not a whole, well-formed stream: cut, out of order, not JSON, too large, or not a stream at all. */
public final class StreamException extends ClaudeException {
    private static final int EXCERPT_BYTES = 1024;

    /** What is wrong with the answer. */
    public enum Kind {
        /** It ended before {@code message_stop}. */
        INCOMPLETE(Origin.STREAM),
        /** Its events break the grammar, or are not JSON; {@link StreamException#reason()} says how. */
        PROTOCOL(Origin.PROTOCOL),
        /** It exceeds a limit; {@link StreamException#reason()} names it. */
        LIMIT(Origin.LIMIT),
        /** A success status that does not carry a stream, such as 204. */
        UNEXPECTED_STATUS(Origin.HTTP),
        /** The content type is not {@code text/event-stream}. */
        UNEXPECTED_CONTENT_TYPE(Origin.HTTP),
        /** The body is compressed, which was not asked for. */
        UNEXPECTED_ENCODING(Origin.HTTP),
        /**
         * The server wants to send the request elsewhere; redirects are never followed, they would take the key along.
         */
        REDIRECT(Origin.HTTP);

        private final Origin origin;

        Kind(Origin origin) {
            this.origin = origin;
        }
    }

    /** What is wrong. */
    private final Kind kind;
    /** The cause within the kind. */
    private final String reason;
    /** The beginning of what the server sent, uncut. */
    private final @Nullable String excerpt;

    /**
     * A failure of the stream.
     *
     * @param fault what is wrong
     * @param message a sentence: what happened and what to do next; without text of the server
     * @param cause what was caught, if anything
     * @param context what is known about the call
     */
    public StreamException(Fault fault, String message, @Nullable Throwable cause, FailureContext context) {
        super(message, cause, context);
        this.kind = fault.kind();
        this.reason = fault.reason();
        this.excerpt = fault.excerpt();
    }

    /**
     * What is wrong, for the constructor.
     *
     * @param kind the kind
     * @param reason a short word for the cause within the kind
     * @param excerpt the beginning of what the server sent, cut and escaped when it is shown
     */
    public record Fault(Kind kind, String reason, @Nullable String excerpt) {
        /**
         * A fault without an excerpt.
         *
         * @param kind the kind
         * @param reason a short word for the cause within the kind
         * @return the fault
         */
        public static Fault of(Kind kind, String reason) {
            return new Fault(kind, reason, null);
        }
    }

    /**
     * What is wrong.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * A short word for the cause within the kind: {@code order}, {@code index}, {@code bad_json},
     * {@code not_an_object}, {@code malformed} for {@link Kind#PROTOCOL}; {@code line}, {@code event},
     * {@code json_depth}, {@code json_size}, {@code blocks}, {@code request_body} and the like for {@link Kind#LIMIT}.
     *
     * @return the word; an open set
     */
    public String reason() {
        return reason;
    }

    /**
     * The beginning of what the server sent, to find out who answered. May hold output of the model: keep it out of
     * logs that must not.
     *
     * @return at most 1,024 bytes of UTF-8, control characters escaped; empty where it would not help
     */
    public Optional<String> excerpt() {
        return Optional.ofNullable(excerpt).map(text -> ServerText.clean(text, EXCERPT_BYTES));
    }

    @Override
    public String label() {
        return label("stream", kind);
    }

    @Override
    public Origin origin() {
        return kind.origin;
    }

    @Override
    ClaudeException copy(FailureContext context) {
        return new StreamException(new Fault(kind, reason, excerpt), sentence(), getCause(), context);
    }
}
