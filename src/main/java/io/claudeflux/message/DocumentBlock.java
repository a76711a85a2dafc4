package io.claudeflux.message;

import java.nio.file.Path;
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

    /**
     * A document from bytes, sent within the request. What they are is found in the bytes themselves.
     *
     * @param bytes a PDF, or text in UTF-8; not kept
     * @return the block
     * @throws IllegalArgumentException if they are something else, nothing at all, or more than a request of 32 MB can
     *     hold; the message says what to do, and nothing of the content
     */
    public static DocumentBlock of(byte[] bytes) {
        return new DocumentBlock(Media.document(bytes));
    }

    /**
     * A document from a file, sent within the request. Reads it at once and on this thread, which must be none of an
     * event loop:
     *
     * <pre>{@code
     * Mono.fromCallable(() -> DocumentBlock.of(path)).subscribeOn(Schedulers.boundedElastic())
     * }</pre>
     *
     * @param file a PDF, or text in UTF-8, whatever its name is
     * @return the block
     * @throws IllegalArgumentException as {@link #of(byte[])}; before anything is read if the file is too large
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static DocumentBlock of(Path file) {
        return new DocumentBlock(Media.document(file));
    }

    /**
     * A document that the server fetches.
     *
     * @param url an address on the web
     * @return the block
     * @throws IllegalArgumentException if it is no address of {@code https} or {@code http}
     */
    public static DocumentBlock url(String url) {
        return new DocumentBlock(Media.url(url));
    }

    /**
     * A document that was uploaded before.
     *
     * @param fileId the id that the Files API gave it
     * @return the block
     */
    public static DocumentBlock file(String fileId) {
        return new DocumentBlock(new MediaSource.UploadedFile(fileId));
    }

    /**
     * A document that is plain text.
     *
     * @param text the text
     * @return the block
     */
    public static DocumentBlock text(String text) {
        return new DocumentBlock(new MediaSource.PlainText(text));
    }

    /**
     * The same document with another title.
     *
     * @param title the title; null for none
     * @return a copy
     */
    public DocumentBlock withTitle(@Nullable String title) {
        return new DocumentBlock(source, title, context, citations, cacheControl, extra);
    }

    /**
     * The same document with something the model should know about it without citing it.
     *
     * @param context some words; null for none
     * @return a copy
     */
    public DocumentBlock withContext(@Nullable String context) {
        return new DocumentBlock(source, title, context, citations, cacheControl, extra);
    }

    /**
     * The same document, to be cited from or not. All documents of a request must agree.
     *
     * @param citations whether the model may cite from it
     * @return a copy
     */
    public DocumentBlock withCitations(boolean citations) {
        return new DocumentBlock(source, title, context, citations, cacheControl, extra);
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
