package io.claudeflux.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which tools the model may or must call. Source: {@code tool_choice} of the request. */
public sealed interface ToolChoice {
    /**
     * The choice's name on the wire.
     *
     * @return the {@code type}
     */
    String type();

    /**
     * The model decides.
     *
     * @return the choice
     */
    static ToolChoice auto() {
        return new Auto(null);
    }

    /**
     * The model must call some tool.
     *
     * @return the choice
     */
    static ToolChoice any() {
        return new Any(null);
    }

    /**
     * The model must call this tool.
     *
     * @param name the tool's name
     * @return the choice
     */
    static ToolChoice tool(String name) {
        return new Named(name, null);
    }

    /**
     * The model must not call tools.
     *
     * @return the choice
     */
    static ToolChoice none() {
        return new None();
    }

    /**
     * The model decides.
     *
     * @param disableParallelToolUse whether at most one tool may be called; null leaves the server's default
     */
    record Auto(@Nullable Boolean disableParallelToolUse) implements ToolChoice {
        @Override
        public String type() {
            return "auto";
        }
    }

    /**
     * The model must call some tool.
     *
     * @param disableParallelToolUse whether exactly one tool must be called; null leaves the server's default
     */
    record Any(@Nullable Boolean disableParallelToolUse) implements ToolChoice {
        @Override
        public String type() {
            return "any";
        }
    }

    /**
     * The model must call this tool.
     *
     * @param name the tool's name
     * @param disableParallelToolUse whether it must be called exactly once; null leaves the server's default
     */
    record Named(String name, @Nullable Boolean disableParallelToolUse) implements ToolChoice {
        /**
         * Takes any name.
         *
         * @throws NullPointerException if {@code name} is null
         */
        public Named {
            Objects.requireNonNull(name, "name");
        }

        @Override
        public String type() {
            return "tool";
        }
    }

    /** The model must not call tools. */
    record None() implements ToolChoice {
        @Override
        public String type() {
            return "none";
        }
    }

    /**
     * A choice this version does not know.
     *
     * @param type its name on the wire
     * @param raw the whole object
     */
    record UnknownToolChoice(String type, Json raw) implements ToolChoice {
        /**
         * Takes any choice.
         *
         * @throws NullPointerException if an argument is null
         */
        public UnknownToolChoice {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(raw, "raw");
        }
    }
}
