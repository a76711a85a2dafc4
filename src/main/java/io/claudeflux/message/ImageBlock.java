package io.claudeflux.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An image in a prompt or a tool result.
 *
 * @param source where the bytes are
 * @param cacheControl a cache breakpoint behind this block
 * @param extra the fields this version does not know, such as {@code transformations}, as one JSON object
 */
public record ImageBlock(MediaSource source, @Nullable CacheControl cacheControl, Json extra)
        implements ContentBlock, Cacheable<ImageBlock> {
    /** The name on the wire. */
    public static final String TYPE = "image";

    /**
     * Takes any source.
     *
     * @throws NullPointerException if {@code source} or {@code extra} is null
     */
    public ImageBlock {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * An image from a source.
     *
     * @param source where the bytes are
     */
    public ImageBlock(MediaSource source) {
        this(source, null, Json.emptyObject());
    }

    @Override
    public ImageBlock withCacheControl(@Nullable CacheControl cacheControl) {
        return new ImageBlock(source, cacheControl, extra);
    }

    @Override
    public String type() {
        return TYPE;
    }
}
