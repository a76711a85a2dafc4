package io.claudeflux.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether and how the model thinks before it answers. Source: {@code thinking} of the request. */
public sealed interface Thinking {
    /**
     * The mode's name on the wire.
     *
     * @return the {@code type}
     */
    String type();

    /**
     * Thinks within a budget.
     *
     * @param budgetTokens at least 1,024 and less than {@code max_tokens}
     * @return the mode
     */
    static Thinking enabled(int budgetTokens) {
        return new Enabled(budgetTokens, null);
    }

    /**
     * Thinks within a budget.
     *
     * @param budgetTokens at least 1,024 and less than {@code max_tokens}
     * @param display how much of it the answer shows
     * @return the mode
     */
    static Thinking enabled(int budgetTokens, ThinkingDisplay display) {
        return new Enabled(budgetTokens, display);
    }

    /**
     * The model decides.
     *
     * @return the mode
     */
    static Thinking adaptive() {
        return new Adaptive(null);
    }

    /**
     * The model decides.
     *
     * @param display how much of it the answer shows
     * @return the mode
     */
    static Thinking adaptive(ThinkingDisplay display) {
        return new Adaptive(display);
    }

    /**
     * Off, but notes between tool calls come back as thinking blocks.
     *
     * @return the mode
     */
    static Thinking betweenTools() {
        return new BetweenTools();
    }

    /**
     * Does not think.
     *
     * @return the mode
     */
    static Thinking disabled() {
        return new Disabled();
    }

    /**
     * Thinks within a budget.
     *
     * @param budgetTokens at least 1,024 and less than {@code max_tokens}
     * @param display how much of it the answer shows; null leaves the server's default
     */
    record Enabled(int budgetTokens, @Nullable ThinkingDisplay display) implements Thinking {
        @Override
        public String type() {
            return "enabled";
        }
    }

    /**
     * The model decides.
     *
     * @param display how much of it the answer shows; null leaves the server's default
     */
    record Adaptive(@Nullable ThinkingDisplay display) implements Thinking {
        @Override
        public String type() {
            return "adaptive";
        }
    }

    /** Does not think. */
    record Disabled() implements Thinking {
        @Override
        public String type() {
            return "disabled";
        }
    }

    /** Off, but notes between tool calls come back as thinking blocks. */
    record BetweenTools() implements Thinking {
        @Override
        public String type() {
            return "between_tools";
        }
    }

    /**
     * A mode this version does not know, or one with fields it does not know.
     *
     * @param type its name on the wire
     * @param raw the whole object
     */
    record UnknownThinking(String type, Json raw) implements Thinking {
        /**
         * Takes any mode.
         *
         * @throws NullPointerException if an argument is null
         */
        public UnknownThinking {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(raw, "raw");
        }
    }
}
