package io.claudeflux.message;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A result of a search that the application ran, which the model can cite; in a user turn or in a tool result.
 *
 * @param source where it was found, such as an address
 * @param title its title
 * @param content its text, in the pieces that can be cited
 * @param citations whether the model may cite from it; null leaves the server's default
 * @param cacheControl a cache breakpoint behind this block; only in requests
 * @param extra the fields this version does not know, as one JSON object
 */
public record SearchResultBlock(
        String source,
        String title,
        List<TextBlock> content,
        @Nullable Boolean citations,
        @Nullable CacheControl cacheControl,
        Json extra)
        implements ContentBlock, Cacheable<SearchResultBlock> {
    /** The name on the wire. */
    public static final String TYPE = "search_result";

    /**
     * Copies the content.
     *
     * @throws NullPointerException if an argument that is not nullable is null
     */
    public SearchResultBlock {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(extra, "extra");
        content = List.copyOf(content);
    }

    /**
     * A result that can be cited.
     *
     * @param source where it was found
     * @param title its title
     * @param text its text
     * @return the block
     */
    public static SearchResultBlock of(String source, String title, String text) {
        return new SearchResultBlock(source, title, List.of(new TextBlock(text)), true, null, Json.emptyObject());
    }

    @Override
    public SearchResultBlock withCacheControl(@Nullable CacheControl cacheControl) {
        return new SearchResultBlock(source, title, content, citations, cacheControl, extra);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String toString() {
        return "SearchResultBlock[" + content + "]";
    }
}
