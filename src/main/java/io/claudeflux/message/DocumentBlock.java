package io.claudeflux.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A document in a prompt or a tool result.
 *
 * @param source where the content is
 * @param title its title
 * @param context what the model should know about it without citing it
 * @param citations whether the model may cite from it; null leaves the server's default
 * @param cacheControl a cache breakpoint behind this block
 * @param extra the fields this version does not know, as one JSON object
 */
public record DocumentBlock(
        MediaSource source,
        @Nullable String title,
        @Nullable String context,
        @Nullable Boolean citations,
        @Nullable CacheControl cacheControl,
        Json extra)
        implements ContentBlock, Cacheable<DocumentBlock> {
    /** The name on the wire. */
    public static final String TYPE = "document";

    /**
     * Takes any source.
     *
     * @throws NullPointerException if {@code source} or {@code extra} is null
     */
    public DocumentBlock {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * A document without a title.
     *
     * @param source where the content is
     */
    public DocumentBlock(MediaSource source) {
        this(source, null, null, null, null, Json.emptyObject());
    }

    @Override
    public DocumentBlock withCacheControl(@Nullable CacheControl cacheControl) {
        return new DocumentBlock(source, title, context, citations, cacheControl, extra);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String toString() {
        return "DocumentBlock[" + source + "]";
    }
}
