package io.claudeflux.message;

import java.util.List;
import java.util.Objects;

/**
 * What code or a shell command printed.
 *
 * @param stdout what it printed
 * @param stderr the errors it printed
 * @param returnCode 0 if it succeeded
 * @param content the files it wrote
 * @param extra the fields this version does not know, as one JSON object
 */
public record ExecutionResult(String stdout, String stderr, long returnCode, List<ExecutionOutput> content, Json extra)
        implements CodeExecutionToolResultBlock.Content, BashCodeExecutionToolResultBlock.Content {
    /**
     * Copies the list.
     *
     * @throws NullPointerException if an argument that is not nullable is null
     */
    public ExecutionResult {
        Objects.requireNonNull(stdout, "stdout");
        Objects.requireNonNull(stderr, "stderr");
        Objects.requireNonNull(extra, "extra");
        content = List.copyOf(content);
    }

    @Override
    public String toString() {
        return "ExecutionResult[" + returnCode + ", " + stdout.length() + " chars, " + stderr.length()
                + " chars of errors, " + content.size() + " files]";
    }
}
