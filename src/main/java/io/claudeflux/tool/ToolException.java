package io.claudeflux.tool;

import org.jspecify.annotations.Nullable;

/**
 * What a tool throws or signals to tell the model why it could not do its work: the model is shown the message. Of any
 * other exception it is shown the class only, for its message may hold what is not the model's to know.
 *
 * <pre>{@code
 * throw new ToolException("There is no city of this name. Ask for the country too.");
 * }</pre>
 */
public final class ToolException extends RuntimeException {
    /**
     * A failure that the model can do something about.
     *
     * @param message for the model
     */
    public ToolException(String message) {
        super(message);
    }

    /**
     * A failure with what is behind it.
     *
     * @param message for the model
     * @param cause for the application; the model is not shown it
     */
    public ToolException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
