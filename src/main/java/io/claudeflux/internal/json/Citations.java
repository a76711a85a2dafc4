package io.claudeflux.internal.json;

import io.claudeflux.message.Citation;
import io.claudeflux.message.Citation.CharLocation;
import io.claudeflux.message.Citation.ContentBlockLocation;
import io.claudeflux.message.Citation.PageLocation;
import io.claudeflux.message.Citation.SearchResultLocation;
import io.claudeflux.message.Citation.UnknownCitation;
import io.claudeflux.message.Citation.WebSearchResultLocation;
import io.claudeflux.message.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Citations of every kind, in both directions. */
final class Citations {
    private static final Union<Citation> UNION = new Union<>(
            List.of(
                    new Codec<>(CharLocation.TYPE, CharLocation.class, Citations::chars, Citations::chars),
                    new Codec<>(PageLocation.TYPE, PageLocation.class, Citations::pages, Citations::pages),
                    new Codec<>(
                            ContentBlockLocation.TYPE,
                            ContentBlockLocation.class,
                            Citations::blocks,
                            Citations::blocks),
                    new Codec<>(
                            WebSearchResultLocation.TYPE,
                            WebSearchResultLocation.class,
                            Citations::webSearch,
                            Citations::webSearch),
                    new Codec<>(
                            SearchResultLocation.TYPE,
                            SearchResultLocation.class,
                            Citations::searchResult,
                            Citations::searchResult)),
            UnknownCitation::new,
            citation -> citation instanceof UnknownCitation unknown ? unknown.raw() : null);

    private Citations() {}

    static Citation read(Json json) {
        return UNION.read(json);
    }

    static void write(JsonGenerator out, Citation citation) {
        UNION.write(out, citation);
    }

    private static CharLocation chars(Fields fields) {
        return new CharLocation(
                fields.requiredString("cited_text"),
                fields.requiredNumber("document_index"),
                fields.string("document_title"),
                fields.requiredNumber("start_char_index"),
                fields.requiredNumber("end_char_index"),
                fields.string("file_id"),
                fields.rest());
    }

    private static void chars(Members out, CharLocation place) {
        inDocument(out, place.citedText(), place.documentIndex(), place.documentTitle())
                .number("start_char_index", place.startCharIndex())
                .number("end_char_index", place.endCharIndex())
                .string("file_id", place.fileId())
                .rest(place.extra());
    }

    private static PageLocation pages(Fields fields) {
        return new PageLocation(
                fields.requiredString("cited_text"),
                fields.requiredNumber("document_index"),
                fields.string("document_title"),
                fields.requiredNumber("start_page_number"),
                fields.requiredNumber("end_page_number"),
                fields.string("file_id"),
                fields.rest());
    }

    private static void pages(Members out, PageLocation place) {
        inDocument(out, place.citedText(), place.documentIndex(), place.documentTitle())
                .number("start_page_number", place.startPageNumber())
                .number("end_page_number", place.endPageNumber())
                .string("file_id", place.fileId())
                .rest(place.extra());
    }

    private static ContentBlockLocation blocks(Fields fields) {
        return new ContentBlockLocation(
                fields.requiredString("cited_text"),
                fields.requiredNumber("document_index"),
                fields.string("document_title"),
                fields.requiredNumber("start_block_index"),
                fields.requiredNumber("end_block_index"),
                fields.string("file_id"),
                fields.rest());
    }

    private static void blocks(Members out, ContentBlockLocation place) {
        inDocument(out, place.citedText(), place.documentIndex(), place.documentTitle())
                .number("start_block_index", place.startBlockIndex())
                .number("end_block_index", place.endBlockIndex())
                .string("file_id", place.fileId())
                .rest(place.extra());
    }

    private static Members inDocument(Members out, String citedText, long index, @Nullable String title) {
        return out.string("cited_text", citedText)
                .number("document_index", index)
                .string("document_title", title);
    }

    private static WebSearchResultLocation webSearch(Fields fields) {
        return new WebSearchResultLocation(
                fields.requiredString("cited_text"),
                fields.requiredString("encrypted_index"),
                fields.string("title"),
                fields.requiredString("url"),
                fields.rest());
    }

    private static void webSearch(Members out, WebSearchResultLocation place) {
        out.string("cited_text", place.citedText())
                .string("encrypted_index", place.encryptedIndex())
                .string("title", place.title())
                .string("url", place.url())
                .rest(place.extra());
    }

    private static SearchResultLocation searchResult(Fields fields) {
        return new SearchResultLocation(
                fields.requiredString("cited_text"),
                fields.requiredNumber("search_result_index"),
                fields.requiredString("source"),
                fields.requiredNumber("start_block_index"),
                fields.requiredNumber("end_block_index"),
                fields.string("title"),
                fields.rest());
    }

    private static void searchResult(Members out, SearchResultLocation place) {
        out.string("cited_text", place.citedText())
                .number("search_result_index", place.searchResultIndex())
                .string("source", place.source())
                .number("start_block_index", place.startBlockIndex())
                .number("end_block_index", place.endBlockIndex())
                .string("title", place.title())
                .rest(place.extra());
    }
}
