package io.claudeflux.internal.json;

import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.Json;
import io.claudeflux.message.ToolSearchToolResultBlock;
import io.claudeflux.message.ToolSearchToolResultBlock.References;
import io.claudeflux.message.WebFetchToolResultBlock;
import io.claudeflux.message.WebFetchToolResultBlock.Page;
import io.claudeflux.message.WebSearchToolResultBlock;
import io.claudeflux.message.WebSearchToolResultBlock.Result;
import io.claudeflux.message.WebSearchToolResultBlock.Results;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** What the server found: on the web, on a page, among the tools. */
final class SearchBlocks {
    private static final Codec<Result> WEB_RESULT =
            new Codec<>("web_search_result", Result.class, SearchBlocks::result, SearchBlocks::result);

    private static final Union<WebSearchToolResultBlock.Content> WEB_SEARCH = new Union<>(
            List.of(ServerToolErrors.of(WebSearchToolResultBlock.TYPE)),
            ServerToolErrors::unknown,
            ServerToolErrors::raw);

    private static final Union<WebFetchToolResultBlock.Content> WEB_FETCH = new Union<>(
            List.of(
                    new Codec<>("web_fetch_result", Page.class, SearchBlocks::page, SearchBlocks::page),
                    ServerToolErrors.of(WebFetchToolResultBlock.TYPE)),
            ServerToolErrors::unknown,
            ServerToolErrors::raw);

    private static final Union<ToolSearchToolResultBlock.Content> TOOL_SEARCH = new Union<>(
            List.of(
                    new Codec<>(
                            "tool_search_tool_search_result",
                            References.class,
                            SearchBlocks::references,
                            SearchBlocks::references),
                    ServerToolErrors.of(ToolSearchToolResultBlock.TYPE)),
            ServerToolErrors::unknown,
            ServerToolErrors::raw);

    static final List<Codec<? extends ContentBlock>> CODECS = List.of(
            new Codec<>(
                    WebSearchToolResultBlock.TYPE,
                    WebSearchToolResultBlock.class,
                    SearchBlocks::webSearch,
                    SearchBlocks::webSearch),
            new Codec<>(
                    WebFetchToolResultBlock.TYPE,
                    WebFetchToolResultBlock.class,
                    SearchBlocks::webFetch,
                    SearchBlocks::webFetch),
            new Codec<>(
                    ToolSearchToolResultBlock.TYPE,
                    ToolSearchToolResultBlock.class,
                    SearchBlocks::toolSearch,
                    SearchBlocks::toolSearch));

    private SearchBlocks() {}

    private static WebSearchToolResultBlock webSearch(Fields fields) {
        return new WebSearchToolResultBlock(
                fields.requiredString("tool_use_id"),
                webContent(fields.required("content")),
                fields.fitting("caller", Callers::read),
                CacheControls.of(fields),
                fields.rest());
    }

    /** Pages are a bare list; one that does not fit leaves all of them as they came. */
    private static WebSearchToolResultBlock.Content webContent(Json content) {
        try {
            if (!content.isObject()) {
                return new Results(Slices.elements(content.text()).stream()
                        .map(WEB_RESULT::readOnly)
                        .toList());
            }
        } catch (MalformedJsonException misfit) {
            return ServerToolErrors.unknown("", content);
        }
        return WEB_SEARCH.read(content);
    }

    private static void webSearch(Members out, WebSearchToolResultBlock block) {
        out.string("tool_use_id", block.toolUseId())
                .value("content", block.content(), SearchBlocks::writeWebContent)
                .value("caller", block.caller(), Callers::write)
                .cacheControl(block.cacheControl())
                .rest(block.extra());
    }

    private static void writeWebContent(JsonGenerator out, WebSearchToolResultBlock.Content content) {
        if (content instanceof Results pages) {
            Members.array(out, pages.results(), WEB_RESULT::writeObject);
        } else {
            WEB_SEARCH.write(out, content);
        }
    }

    private static Result result(Fields fields) {
        return new Result(
                fields.requiredString("url"),
                fields.requiredString("title"),
                fields.requiredString("encrypted_content"),
                fields.string("page_age"),
                fields.rest());
    }

    private static void result(Members out, Result page) {
        out.string("url", page.url())
                .string("title", page.title())
                .string("encrypted_content", page.encryptedContent())
                .string("page_age", page.pageAge())
                .rest(page.extra());
    }

    private static WebFetchToolResultBlock webFetch(Fields fields) {
        return new WebFetchToolResultBlock(
                fields.requiredString("tool_use_id"),
                WEB_FETCH.readAny(fields.required("content")),
                fields.fitting("caller", Callers::read),
                CacheControls.of(fields),
                fields.rest());
    }

    private static void webFetch(Members out, WebFetchToolResultBlock block) {
        out.string("tool_use_id", block.toolUseId())
                .value("content", block.content(), WEB_FETCH::write)
                .value("caller", block.caller(), Callers::write)
                .cacheControl(block.cacheControl())
                .rest(block.extra());
    }

    private static Page page(Fields fields) {
        return new Page(
                fields.requiredString("url"),
                PromptBlocks.DOCUMENT.readOnly(fields.required("content")),
                fields.string("retrieved_at"),
                fields.rest());
    }

    private static void page(Members out, Page page) {
        out.string("url", page.url())
                .value("content", page.content(), PromptBlocks.DOCUMENT::writeObject)
                .string("retrieved_at", page.retrievedAt())
                .rest(page.extra());
    }

    private static ToolSearchToolResultBlock toolSearch(Fields fields) {
        return new ToolSearchToolResultBlock(
                fields.requiredString("tool_use_id"),
                TOOL_SEARCH.readAny(fields.required("content")),
                CacheControls.of(fields),
                fields.rest());
    }

    private static void toolSearch(Members out, ToolSearchToolResultBlock block) {
        out.string("tool_use_id", block.toolUseId())
                .value("content", block.content(), TOOL_SEARCH::write)
                .cacheControl(block.cacheControl())
                .rest(block.extra());
    }

    private static References references(Fields fields) {
        return new References(fields.requiredList("tool_references", ToolBlocks.REFERENCE::readOnly), fields.rest());
    }

    private static void references(Members out, References references) {
        out.array("tool_references", references.toolReferences(), ToolBlocks.REFERENCE::writeObject)
                .rest(references.extra());
    }
}
