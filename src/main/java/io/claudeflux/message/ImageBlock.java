package io.claudeflux.message;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An image in a prompt or a tool result.
 *
 * @param source where the bytes are
 * @param transformations what the server may do to it; null leaves the defaults
 * @param cacheControl a cache breakpoint behind this block
 * @param extra the fields this version does not know, as one JSON object
 */
public record ImageBlock(
        MediaSource source,
        @Nullable ImageTransformations transformations,
        @Nullable CacheControl cacheControl,
        Json extra)
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
     * An image that the server treats as it does by default.
     *
     * @param source where the bytes are
     * @param cacheControl a cache breakpoint behind this block
     * @param extra the fields this version does not know, as one JSON object
     */
    public ImageBlock(MediaSource source, @Nullable CacheControl cacheControl, Json extra) {
        this(source, null, cacheControl, extra);
    }

    /**
     * An image from a source.
     *
     * @param source where the bytes are
     */
    public ImageBlock(MediaSource source) {
        this(source, null, null, Json.emptyObject());
    }

    /**
     * The same image, treated otherwise.
     *
     * @param transformations what the server may do to it; null for the defaults
     * @return a copy
     */
    public ImageBlock withTransformations(@Nullable ImageTransformations transformations) {
        return new ImageBlock(source, transformations, cacheControl, extra);
    }

    /**
     * An image from bytes, sent within the request. What they are is found in the bytes themselves.
     *
     * @param bytes a JPEG, PNG, GIF or WebP; not kept
     * @return the block
     * @throws IllegalArgumentException if they are something else, nothing at all, or more than a request of 32 MB can
     *     hold; the message says what to do, and nothing of the content
     */
    public static ImageBlock of(byte[] bytes) {
        return new ImageBlock(Media.image(bytes));
    }

    /**
     * An image from a file, sent within the request. Reads it at once and on this thread, which must be none of an
     * event loop:
     *
     * <pre>{@code
     * Mono.fromCallable(() -> ImageBlock.of(path)).subscribeOn(Schedulers.boundedElastic())
     * }</pre>
     *
     * @param file a JPEG, PNG, GIF or WebP, whatever its name is
     * @return the block
     * @throws IllegalArgumentException as {@link #of(byte[])}; before anything is read if the file is too large
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static ImageBlock of(Path file) {
        return new ImageBlock(Media.image(file));
    }

    /**
     * An image that the server fetches.
     *
     * @param url an address on the web
     * @return the block
     * @throws IllegalArgumentException if it is no address of {@code https} or {@code http}
     */
    public static ImageBlock url(String url) {
        return new ImageBlock(Media.url(url));
    }

    /**
     * An image that was uploaded before.
     *
     * @param fileId the id that the Files API gave it
     * @return the block
     */
    public static ImageBlock file(String fileId) {
        return new ImageBlock(new MediaSource.UploadedFile(fileId));
    }

    @Override
    public ImageBlock withCacheControl(@Nullable CacheControl cacheControl) {
        return new ImageBlock(source, transformations, cacheControl, extra);
    }

    @Override
    public String type() {
        return TYPE;
    }
}
