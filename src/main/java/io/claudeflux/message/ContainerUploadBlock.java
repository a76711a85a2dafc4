package io.claudeflux.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file for the container of the code execution tool, or one that came out of it.
 *
 * @param fileId the id of the file
 * @param cacheControl a cache breakpoint behind this block; only in requests
 * @param extra the fields this version does not know, as one JSON object
 */
public record ContainerUploadBlock(String fileId, @Nullable CacheControl cacheControl, Json extra)
        implements ContentBlock, Cacheable<ContainerUploadBlock> {
    /** The name on the wire. */
    public static final String TYPE = "container_upload";

    /**
     * Takes any id.
     *
     * @throws NullPointerException if {@code fileId} or {@code extra} is null
     */
    public ContainerUploadBlock {
        Objects.requireNonNull(fileId, "fileId");
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * A file uploaded before.
     *
     * @param fileId the id of the file
     */
    public ContainerUploadBlock(String fileId) {
        this(fileId, null, Json.emptyObject());
    }

    @Override
    public ContainerUploadBlock withCacheControl(@Nullable CacheControl cacheControl) {
        return new ContainerUploadBlock(fileId, cacheControl, extra);
    }

    @Override
    public String type() {
        return TYPE;
    }
}
