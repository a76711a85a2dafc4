package io.claudeflux.message;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Text, in a prompt or in an answer.
 *
 * @param text the text
 * @param citations what the text cites; empty when it cites nothing
 * @param cacheControl a cache breakpoint behind this block; only in requests
 * @param extra the fields this version does not know, as one JSON object
 */
public record TextBlock(
        String text, List<Citation> citations, @Nullable CacheControl cacheControl, Json extra)
        implements ContentBlock, Cacheable<TextBlock> {
    /** The name on the wire. */
    public static final String TYPE = "text";

    /**
     * Copies the citations.
     *
     * @throws NullPointerException if {@code text}, {@code citations} or {@code extra} is null
     */
    public TextBlock {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(extra, "extra");
        citations = List.copyOf(citations);
    }

    /**
     * Plain text.
     *
     * @param text the text
     */
    public TextBlock(String text) {
        this(text, List.of(), null, Json.emptyObject());
    }

    /**
     * Sets what the text cites.
     *
     * @param citations the places
     * @return a copy
     */
    public TextBlock withCitations(Citation... citations) {
        return new TextBlock(text, List.of(citations), cacheControl, extra);
    }

    @Override
    public TextBlock withCacheControl(@Nullable CacheControl cacheControl) {
        return new TextBlock(text, citations, cacheControl, extra);
    }

    @Override
    public String type() {
        return TYPE;
    }

    /**
     * Whether the text is all there is, so that a bare string means the same.
     *
     * @return true without citations, breakpoint and unknown fields
     */
    public boolean isPlain() {
        return citations.isEmpty() && cacheControl == null && extra.isEmptyObject();
    }

    @Override
    public String toString() {
        return "TextBlock[" + text.length() + " chars, " + citations.size() + " citations]";
    }
}
