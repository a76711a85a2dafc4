package io.claudeflux.message;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a web search found.
 *
 * @param toolUseId the id of the {@link ServerToolUseBlock} that this answers
 * @param content what came of the call
 * @param caller who called the tool; null if the server did not say
 * @param cacheControl a cache breakpoint behind this block; only in requests
 * @param extra the fields this version does not know, as one JSON object
 */
public record WebSearchToolResultBlock(
        String toolUseId,
        Content content,
        @Nullable Caller caller,
        @Nullable CacheControl cacheControl,
        Json extra)
        implements ContentBlock,
                Cacheable<WebSearchToolResultBlock>,
                ServerToolResult<WebSearchToolResultBlock.Content> {
    /** The name on the wire. */
    public static final String TYPE = "web_search_tool_result";

    /**
     * Takes any result.
     *
     * @throws NullPointerException if {@code toolUseId}, {@code content} or {@code extra} is null
     */
    public WebSearchToolResultBlock {
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
    public WebSearchToolResultBlock(String toolUseId, Content content) {
        this(toolUseId, content, null, null, Json.emptyObject());
    }

    @Override
    public WebSearchToolResultBlock withCacheControl(@Nullable CacheControl cacheControl) {
        return new WebSearchToolResultBlock(toolUseId, content, caller, cacheControl, extra);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String toString() {
        return "WebSearchToolResultBlock[" + toolUseId + ", " + content + "]";
    }

    /** What came of the call. */
    public sealed interface Content permits Results, ServerToolError, UnknownContent {}

    /**
     * The pages that were found.
     *
     * @param results the pages, the best one first
     */
    public record Results(List<Result> results) implements Content {
        /**
         * Copies the list.
         *
         * @throws NullPointerException if the argument is null
         */
        public Results {
            results = List.copyOf(results);
        }
    }

    /**
     * A page that was found. Its text is for the model only.
     *
     * @param url its address
     * @param title its title
     * @param encryptedContent its text, to be sent back to the letter so that it can be cited
     * @param pageAge when it was last changed, in words
     * @param extra the fields this version does not know, as one JSON object
     */
    public record Result(
            String url,
            String title,
            String encryptedContent,
            @Nullable String pageAge,
            Json extra) {
        /**
         * Takes the values as they are.
         *
         * @throws NullPointerException if an argument that is not nullable is null
         */
        public Result {
            Objects.requireNonNull(url, "url");
            Objects.requireNonNull(title, "title");
            Objects.requireNonNull(encryptedContent, "encryptedContent");
            Objects.requireNonNull(extra, "extra");
        }

        @Override
        public String toString() {
            return "Result[" + url.length() + " chars of url, " + encryptedContent.length() + " chars of content]";
        }
    }
}
