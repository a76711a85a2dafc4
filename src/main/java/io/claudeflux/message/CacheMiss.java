package io.claudeflux.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why the prompt cache was missed.
 *
 * @param type what differs from the earlier message, or why that cannot be said
 * @param cacheMissedInputTokens how many tokens it costs; null if that cannot be said
 * @param extra the fields this version does not know, as one JSON object
 */
public record CacheMiss(Reason type, @Nullable Long cacheMissedInputTokens, Json extra) {
    /**
     * Takes any reason.
     *
     * @throws NullPointerException if {@code type} or {@code extra} is null
     */
    public CacheMiss {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * What differs from the earlier message, or why that cannot be said.
     *
     * <p>An open set: the server may add values, and any string is accepted. Source:
     * {@code diagnostics.cache_miss_reason.type}.
     *
     * @param value the word on the wire
     */
    public record Reason(String value) {
        /** Another model. */
        public static final Reason MODEL_CHANGED = new Reason("model_changed");

        /** Other instructions. */
        public static final Reason SYSTEM_CHANGED = new Reason("system_changed");

        /** Other tools. */
        public static final Reason TOOLS_CHANGED = new Reason("tools_changed");

        /** Another conversation. */
        public static final Reason MESSAGES_CHANGED = new Reason("messages_changed");

        /** The earlier message is not known any more. */
        public static final Reason PREVIOUS_MESSAGE_NOT_FOUND = new Reason("previous_message_not_found");

        /** It cannot be said now. */
        public static final Reason UNAVAILABLE = new Reason("unavailable");

        /**
         * Takes any word.
         *
         * @throws NullPointerException if {@code value} is null
         */
        public Reason {
            Objects.requireNonNull(value, "value");
        }

        @Override
        public String toString() {
            return value;
        }
    }
}
