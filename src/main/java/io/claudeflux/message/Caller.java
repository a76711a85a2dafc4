package io.claudeflux.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who called a tool: the model itself, or code that runs in the code execution tool.
 *
 * <p>An open set: the server may add kinds. Source: {@code caller} of tool calls and their results.
 *
 * @param type {@code direct}, or the code execution tool with its date, such as {@code code_execution_20260120}
 * @param toolId the id of the code execution call whose code called; null for a direct call
 * @param extra the fields this version does not know, as one JSON object
 */
public record Caller(String type, @Nullable String toolId, Json extra) {
    /**
     * Takes any kind.
     *
     * @throws NullPointerException if {@code type} or {@code extra} is null
     */
    public Caller {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * The model itself.
     *
     * @return <code>{"type": "direct"}</code>
     */
    public static Caller direct() {
        return new Caller("direct", null, Json.emptyObject());
    }

    /**
     * Whether the model itself called.
     *
     * @return false for code that called
     */
    public boolean isDirect() {
        return type.equals("direct");
    }
}
