package io.claudeflux.stream;

import io.claudeflux.message.Json;
import io.claudeflux.message.JsonBinding;
import io.claudeflux.message.ToolUseBlock;
import java.util.Objects;
import java.util.Optional;

/**
 * The input of a tool call, as far as the model has written it.
 *
 * <p>While it streams it is {@link Growing}; in the end it is {@link Valid}, or {@link Invalid} when {@code max_tokens}
 * cut it or the model wrote what is no JSON object. The text is never lost and never fails the stream.
 */
public sealed interface ToolInput {
    /**
     * Whose input it is.
     *
     * @return the call
     */
    Call call();

    /**
     * The input to the letter, as it arrived.
     *
     * @return the text; any text at all
     */
    String raw();

    /**
     * The call's place in the message.
     *
     * @return the index of its block
     */
    default int index() {
        return call().index();
    }

    /**
     * The id that a tool result answers.
     *
     * @return the id; empty if the block has none
     */
    default String id() {
        return call().id();
    }

    /**
     * The tool's name.
     *
     * @return the name; empty if the block has none
     */
    default String name() {
        return call().name();
    }

    /**
     * Which tool is called.
     *
     * @param index the place of the block in the message
     * @param type the kind of block: {@code tool_use} for a tool that the application runs, {@code server_tool_use} and
     *     {@code mcp_tool_use} for others
     * @param id the id of the call
     * @param name the tool's name
     */
    record Call(int index, String type, String id, String name) {
        /**
         * Takes the values as they are.
         *
         * @throws NullPointerException if an argument is null
         */
        public Call {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(name, "name");
        }

        /**
         * Whether the application is to run the tool.
         *
         * @return true for {@code tool_use}
         */
        public boolean isOurs() {
            return type.equals(ToolUseBlock.TYPE);
        }
    }

    /**
     * An input that is not finished. It may be kept and read on any thread, and stays as it was when it was shown.
     *
     * <p>Nothing is read or copied before it is asked for, and then anew each time.
     */
    final class Growing implements ToolInput {
        private final Call call;
        private final char[] text;
        private final int length;

        /** Shares the text: what is ahead of {@code length} is never written again. */
        Growing(Call call, char[] text, int length) {
            this.call = call;
            this.text = text;
            this.length = length;
        }

        @Override
        public Call call() {
            return call;
        }

        @Override
        public String raw() {
            return new String(text, 0, length);
        }

        /**
         * How much has arrived.
         *
         * @return the number of characters of {@link #raw()}
         */
        public int length() {
            return length;
        }

        /**
         * The input as far as it can be read: what is open is closed, what is half written — a name without its value,
         * a number that may go on, half an escape — is left out. What is there stays there and only grows. To show it;
         * never to run a tool on it.
         *
         * @return an object; <code>{}</code> while nothing can be read
         */
        public Json soFar() {
            return JsonBinding.installed().completeObject(raw());
        }

        /**
         * The input so far as a value of a class of yours, once what there is of it fits.
         *
         * @param type the class to bind to, such as a record whose components may be null
         * @param <T> its type
         * @return the value; empty while it does not fit
         */
        public <T> Optional<T> tryAs(Class<T> type) {
            try {
                return Optional.ofNullable(soFar().as(type));
            } catch (IllegalArgumentException misfit) {
                return Optional.empty();
            }
        }

        @Override
        public String toString() {
            return "Growing[" + call + ", " + length + " chars]";
        }
    }

    /**
     * An input that is whole.
     *
     * @param call whose input it is
     * @param input an object, with the text as it arrived; <code>{}</code> for a call without arguments
     */
    record Valid(Call call, Json input) implements ToolInput {
        /**
         * Takes any object.
         *
         * @throws NullPointerException if an argument is null
         */
        public Valid {
            Objects.requireNonNull(call, "call");
            Objects.requireNonNull(input, "input");
        }

        @Override
        public String raw() {
            return input.text();
        }
    }

    /**
     * An input that will not become an object any more. Answer the call with an error that tells the model so.
     *
     * @param call whose input it is
     * @param raw the text as it arrived
     * @param reason what is wrong with it and where; nothing of the text
     */
    record Invalid(Call call, String raw, String reason) implements ToolInput {
        /**
         * Takes any text.
         *
         * @throws NullPointerException if an argument is null
         */
        public Invalid {
            Objects.requireNonNull(call, "call");
            Objects.requireNonNull(raw, "raw");
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public String toString() {
            return "Invalid[" + call + ", " + raw.length() + " chars, " + reason + "]";
        }
    }
}
