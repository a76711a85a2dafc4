package io.claudeflux.internal.json;

import io.claudeflux.message.CodeExecutionTool;
import io.claudeflux.message.Json;
import io.claudeflux.message.ResponseInclusion;
import io.claudeflux.message.Tool;
import io.claudeflux.message.ToolSearchTool;
import io.claudeflux.message.UserLocation;
import io.claudeflux.message.WebFetchTool;
import io.claudeflux.message.WebSearchTool;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Tools that the server runs. */
final class ServerTools {
    static final List<Codec<? extends Tool>> CODECS = List.of(
            new Codec<>("web_search", WebSearchTool.class, ServerTools::webSearch, ServerTools::webSearch),
            new Codec<>("web_fetch", WebFetchTool.class, ServerTools::webFetch, ServerTools::webFetch),
            new Codec<>("code_execution", CodeExecutionTool.class, ServerTools::code, ServerTools::code),
            new Codec<>(
                    "tool_search_tool_bm25", ToolSearchTool.class, ServerTools::toolSearch, ServerTools::toolSearch),
            new Codec<>(
                    "tool_search_tool_regex", ToolSearchTool.class, ServerTools::toolSearch, ServerTools::toolSearch));

    private ServerTools() {}

    private static WebSearchTool webSearch(Fields fields) {
        return new WebSearchTool(
                ToolSettings.named(fields, WebSearchTool.NAME).requiredString("type"),
                fields.number("max_uses"),
                fields.strings("allowed_domains"),
                fields.strings("blocked_domains"),
                fields.map("user_location", ServerTools::location),
                fields.open("response_inclusion", ResponseInclusion::of),
                ToolSettings.options(fields),
                CacheControls.of(fields),
                fields.rest());
    }

    private static void webSearch(Members out, WebSearchTool tool) {
        out.string("type", tool.type())
                .string("name", tool.name())
                .number("max_uses", tool.maxUses())
                .strings("allowed_domains", tool.allowedDomains())
                .strings("blocked_domains", tool.blockedDomains())
                .value("user_location", tool.userLocation(), ServerTools::writeLocation)
                .word("response_inclusion", tool.responseInclusion());
        ToolSettings.write(out, tool).rest(tool.extra());
    }

    private static UserLocation location(Json json) {
        Fields fields = Fields.toTheLetter(json);
        if (!fields.requiredString("type").equals("approximate")) {
            throw new MalformedJsonException("not an approximate place");
        }
        return new UserLocation(
                fields.string("city"),
                fields.string("region"),
                fields.string("country"),
                fields.string("timezone"),
                fields.rest());
    }

    private static void writeLocation(JsonGenerator out, UserLocation location) {
        Members.object(out)
                .string("type", "approximate")
                .string("city", location.city())
                .string("region", location.region())
                .string("country", location.country())
                .string("timezone", location.timezone())
                .rest(location.extra())
                .end();
    }

    private static WebFetchTool webFetch(Fields fields) {
        return new WebFetchTool(
                ToolSettings.named(fields, WebFetchTool.NAME).requiredString("type"),
                fields.number("max_uses"),
                fields.strings("allowed_domains"),
                fields.strings("blocked_domains"),
                fields.fitting("citations", CitationSwitch::read),
                fields.number("max_content_tokens"),
                fields.map("url_sources", UrlSourcesCodec::read),
                fields.bool("use_cache"),
                fields.open("response_inclusion", ResponseInclusion::of),
                ToolSettings.options(fields),
                CacheControls.of(fields),
                fields.rest());
    }

    private static void webFetch(Members out, WebFetchTool tool) {
        out.string("type", tool.type())
                .string("name", tool.name())
                .number("max_uses", tool.maxUses())
                .strings("allowed_domains", tool.allowedDomains())
                .strings("blocked_domains", tool.blockedDomains())
                .value("citations", tool.citations(), CitationSwitch::write)
                .number("max_content_tokens", tool.maxContentTokens())
                .value("url_sources", tool.urlSources(), UrlSourcesCodec::write)
                .bool("use_cache", tool.useCache())
                .word("response_inclusion", tool.responseInclusion());
        ToolSettings.write(out, tool).rest(tool.extra());
    }

    private static CodeExecutionTool code(Fields fields) {
        return new CodeExecutionTool(
                ToolSettings.named(fields, CodeExecutionTool.NAME).requiredString("type"),
                ToolSettings.options(fields),
                CacheControls.of(fields),
                fields.rest());
    }

    private static void code(Members out, CodeExecutionTool tool) {
        out.string("type", tool.type()).string("name", tool.name());
        ToolSettings.write(out, tool).rest(tool.extra());
    }

    private static ToolSearchTool toolSearch(Fields fields) {
        return new ToolSearchTool(
                fields.requiredString("type"),
                fields.requiredString("name"),
                ToolSettings.options(fields),
                CacheControls.of(fields),
                fields.rest());
    }

    private static void toolSearch(Members out, ToolSearchTool tool) {
        out.string("type", tool.type()).string("name", tool.name());
        ToolSettings.write(out, tool).rest(tool.extra());
    }
}
