package io.claudeflux.message;

import java.util.Objects;

/**
 * A file that code wrote, for download.
 *
 * @param fileId the id of the file
 * @param extra the fields this version does not know, as one JSON object
 */
public record ExecutionOutput(String fileId, Json extra) {
    /**
     * Takes any id.
     *
     * @throws NullPointerException if an argument is null
     */
    public ExecutionOutput {
        Objects.requireNonNull(fileId, "fileId");
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * A file without further fields.
     *
     * @param fileId the id of the file
     */
    public ExecutionOutput(String fileId) {
        this(fileId, Json.emptyObject());
    }
}
