package io.claudeflux.message;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call of a tool, whose input streams in pieces.
 *
 * <p>The pieces may never become valid JSON: {@code max_tokens} can cut them, and eager input streaming does not check
 * them. Nothing is thrown away then: {@link #input()} is an object all the same, {@link #isInputValid()} is false, and
 * {@link #malformedInput()} is the text as it arrived. In a snapshot of a block that is still streaming, {@code input}
 * holds what can be read so far.
 */
public sealed interface StreamedInput permits ToolUseBlock, ServerToolUseBlock {
    /**
     * The id that the result answers.
     *
     * @return the id
     */
    String id();

    /**
     * The arguments.
     *
     * @return an object
     */
    Json input();

    /**
     * The raw input when it is not, or not yet, a JSON object.
     *
     * @return the text as it arrived; null when {@link #input()} is exact
     */
    @Nullable String malformedText();

    /**
     * Who called the tool.
     *
     * @return the caller, null if the server did not say
     */
    @Nullable Caller caller();

    /**
     * The same call with another input.
     *
     * @param input the arguments, an object
     * @param malformedText the raw input when it is not a JSON object; null when {@code input} is exact
     * @return a copy
     */
    ContentBlock withInput(Json input, @Nullable String malformedText);

    /**
     * Whether {@link #input()} is exactly what the model wrote.
     *
     * @return false if the text was cut or is not a JSON object
     */
    default boolean isInputValid() {
        return malformedText() == null;
    }

    /**
     * The raw input of a call whose input is not a JSON object.
     *
     * @return the text as it arrived; empty if the input is valid
     */
    default Optional<String> malformedInput() {
        return Optional.ofNullable(malformedText());
    }
}
