package io.claudeflux.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A place in a document, a search result or a web page that a text refers to.
 *
 * <p>Goes back to the server as it came.
 */
public sealed interface Citation {
    /**
     * The kind of place, such as {@code char_location}.
     *
     * @return the {@code type} of the citation
     */
    String type();

    /**
     * The words that are cited.
     *
     * @return {@code cited_text}; null if a citation of an unknown kind has none
     */
    @Nullable String citedText();

    /**
     * A range of characters of a plain text document.
     *
     * @param citedText the words that are cited
     * @param documentIndex which document of the request, counted from 0
     * @param documentTitle its title
     * @param startCharIndex its first character, counted from 0
     * @param endCharIndex the character behind its last one
     * @param fileId its file, if it is one; only in answers
     * @param extra the fields this version does not know, as one JSON object
     */
    record CharLocation(
            String citedText,
            long documentIndex,
            @Nullable String documentTitle,
            long startCharIndex,
            long endCharIndex,
            @Nullable String fileId,
            Json extra)
            implements Citation {
        /** The name on the wire. */
        public static final String TYPE = "char_location";

        /**
         * Takes the values as they are.
         *
         * @throws NullPointerException if {@code citedText} or {@code extra} is null
         */
        public CharLocation {
            Objects.requireNonNull(citedText, "citedText");
            Objects.requireNonNull(extra, "extra");
        }

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public String toString() {
            return "CharLocation[" + citedText.length() + " chars]";
        }
    }

    /**
     * A range of pages of a PDF document.
     *
     * @param citedText the words that are cited
     * @param documentIndex which document of the request, counted from 0
     * @param documentTitle its title
     * @param startPageNumber its first page, counted from 1
     * @param endPageNumber the page behind its last one
     * @param fileId its file, if it is one; only in answers
     * @param extra the fields this version does not know, as one JSON object
     */
    record PageLocation(
            String citedText,
            long documentIndex,
            @Nullable String documentTitle,
            long startPageNumber,
            long endPageNumber,
            @Nullable String fileId,
            Json extra)
            implements Citation {
        /** The name on the wire. */
        public static final String TYPE = "page_location";

        /**
         * Takes the values as they are.
         *
         * @throws NullPointerException if {@code citedText} or {@code extra} is null
         */
        public PageLocation {
            Objects.requireNonNull(citedText, "citedText");
            Objects.requireNonNull(extra, "extra");
        }

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public String toString() {
            return "PageLocation[" + citedText.length() + " chars]";
        }
    }

    /**
     * A range of blocks of a document that is made of blocks.
     *
     * @param citedText the words that are cited
     * @param documentIndex which document of the request, counted from 0
     * @param documentTitle its title
     * @param startBlockIndex its first block, counted from 0
     * @param endBlockIndex the block behind its last one
     * @param fileId its file, if it is one; only in answers
     * @param extra the fields this version does not know, as one JSON object
     */
    record ContentBlockLocation(
            String citedText,
            long documentIndex,
            @Nullable String documentTitle,
            long startBlockIndex,
            long endBlockIndex,
            @Nullable String fileId,
            Json extra)
            implements Citation {
        /** The name on the wire. */
        public static final String TYPE = "content_block_location";

        /**
         * Takes the values as they are.
         *
         * @throws NullPointerException if {@code citedText} or {@code extra} is null
         */
        public ContentBlockLocation {
            Objects.requireNonNull(citedText, "citedText");
            Objects.requireNonNull(extra, "extra");
        }

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public String toString() {
            return "ContentBlockLocation[" + citedText.length() + " chars]";
        }
    }

    /**
     * A page that a web search found.
     *
     * @param citedText the words that are cited
     * @param encryptedIndex the place on the page, to be sent back to the letter
     * @param title the title of the page
     * @param url its address
     * @param extra the fields this version does not know, as one JSON object
     */
    record WebSearchResultLocation(
            String citedText,
            String encryptedIndex,
            @Nullable String title,
            String url,
            Json extra) implements Citation {
        /** The name on the wire. */
        public static final String TYPE = "web_search_result_location";

        /**
         * Takes the values as they are.
         *
         * @throws NullPointerException if an argument that is not nullable is null
         */
        public WebSearchResultLocation {
            Objects.requireNonNull(citedText, "citedText");
            Objects.requireNonNull(encryptedIndex, "encryptedIndex");
            Objects.requireNonNull(url, "url");
            Objects.requireNonNull(extra, "extra");
        }

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public String toString() {
            return "WebSearchResultLocation[" + citedText.length() + " chars]";
        }
    }

    /**
     * A range of blocks of a {@link SearchResultBlock}.
     *
     * @param citedText the words that are cited
     * @param searchResultIndex which search result of the request, counted from 0
     * @param source where it was found
     * @param startBlockIndex its first block, counted from 0
     * @param endBlockIndex the block behind its last one
     * @param title its title
     * @param extra the fields this version does not know, as one JSON object
     */
    record SearchResultLocation(
            String citedText,
            long searchResultIndex,
            String source,
            long startBlockIndex,
            long endBlockIndex,
            @Nullable String title,
            Json extra)
            implements Citation {
        /** The name on the wire. */
        public static final String TYPE = "search_result_location";

        /**
         * Takes the values as they are.
         *
         * @throws NullPointerException if {@code citedText}, {@code source} or {@code extra} is null
         */
        public SearchResultLocation {
            Objects.requireNonNull(citedText, "citedText");
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(extra, "extra");
        }

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public String toString() {
            return "SearchResultLocation[" + citedText.length() + " chars]";
        }
    }

    /**
     * A citation of a kind this version does not know.
     *
     * @param type its name on the wire; empty if it has none
     * @param raw the whole citation as it came
     */
    record UnknownCitation(String type, Json raw) implements Citation {
        /**
         * Takes any citation.
         *
         * @throws NullPointerException if an argument is null
         */
        public UnknownCitation {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(raw, "raw");
        }

        @Override
        public @Nullable String citedText() {
            return raw.get("cited_text").flatMap(Json::asString).orElse(null);
        }
    }
}
