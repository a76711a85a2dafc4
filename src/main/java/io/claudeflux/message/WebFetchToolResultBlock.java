package io.claudeflux.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A page that the server fetched.
 *
 * @param toolUseId the id of the {@link ServerToolUseBlock} that this answers
 * @param content what came of the call
 * @param caller who called the tool; null if the server did not say
 * @param cacheControl a cache breakpoint behind this block; only in requests
 * @param extra the fields this version does not know, as one JSON object
 */
public record WebFetchToolResultBlock(
        String toolUseId,
        Content content,
        @Nullable Caller caller,
        @Nullable CacheControl cacheControl,
        Json extra)
        implements ContentBlock, Cacheable<WebFetchToolResultBlock>, ServerToolResult<WebFetchToolResultBlock.Content> {
    /** The name on the wire. */
    public static final String TYPE = "web_fetch_tool_result";

    /**
     * Takes any result.
     *
     * @throws NullPointerException if {@code toolUseId}, {@code content} or {@code extra} is null
     */
    public WebFetchToolResultBlock {
        Objects.requireNonNull(toolUseId, "toolUseId");
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * A result without further fields.
     *
     * @param toolUseId the id of the call
     * @param content what came of it
     */
    public WebFetchToolResultBlock(String toolUseId, Content content) {
        this(toolUseId, content, null, null, Json.emptyObject());
    }

    @Override
    public WebFetchToolResultBlock withCacheControl(@Nullable CacheControl cacheControl) {
        return new WebFetchToolResultBlock(toolUseId, content, caller, cacheControl, extra);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String toString() {
        return "WebFetchToolResultBlock[" + toolUseId + ", " + content + "]";
    }

    /** What came of the call. */
    public sealed interface Content permits Page, ServerToolError, UnknownContent {}

    /**
     * A page.
     *
     * @param url its address
     * @param content what stands on it
     * @param retrievedAt when it was fetched, as the server wrote it (RFC 3339)
     * @param extra the fields this version does not know, as one JSON object
     */
    public record Page(
            String url, DocumentBlock content, @Nullable String retrievedAt, Json extra) implements Content {
        /**
         * Takes the values as they are.
         *
         * @throws NullPointerException if {@code url}, {@code content} or {@code extra} is null
         */
        public Page {
            Objects.requireNonNull(url, "url");
            Objects.requireNonNull(content, "content");
            Objects.requireNonNull(extra, "extra");
        }

        @Override
        public String toString() {
            return "Page[" + url.length() + " chars of url, " + content + "]";
        }
    }
}
