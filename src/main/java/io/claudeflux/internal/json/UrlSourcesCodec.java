package io.claudeflux.internal.json;

import io.claudeflux.message.Json;
import io.claudeflux.message.UrlSources;
import io.claudeflux.message.UrlSources.Source;
import tools.jackson.core.JsonGenerator;

/** Where the addresses of fetched pages may come from, in both directions. */
final class UrlSourcesCodec {
    private static final String REFERENCE = "tool_reference";

    private UrlSourcesCodec() {}

    static UrlSources read(Json json) {
        Fields fields = Fields.toTheLetter(json);
        return new UrlSources(
                fields.map("user_input", UrlSourcesCodec::source),
                fields.map("client_tool_results", UrlSourcesCodec::source),
                fields.map("server_tool_results", UrlSourcesCodec::source),
                fields.rest());
    }

    private static Source source(Json json) {
        Fields fields = Fields.toTheLetter(json);
        return new Source(
                fields.requiredString("type"), fields.list("tools", UrlSourcesCodec::toolName), fields.rest());
    }

    /** A reference with more than a name has no place here, so that the tool is kept as it came. */
    private static String toolName(Json json) {
        Fields fields = Fields.of(json);
        String name = fields.requiredString("name");
        if (!fields.requiredString("type").equals(REFERENCE) || !fields.isEmpty()) {
            throw new MalformedJsonException("not a reference to a tool");
        }
        return name;
    }

    static void write(JsonGenerator out, UrlSources sources) {
        Members.object(out)
                .value("user_input", sources.userInput(), UrlSourcesCodec::writeSource)
                .value("client_tool_results", sources.clientToolResults(), UrlSourcesCodec::writeSource)
                .value("server_tool_results", sources.serverToolResults(), UrlSourcesCodec::writeSource)
                .rest(sources.extra())
                .end();
    }

    private static void writeSource(JsonGenerator out, Source source) {
        Members.object(out)
                .string("type", source.type())
                .list("tools", source.tools(), UrlSourcesCodec::writeName)
                .rest(source.extra())
                .end();
    }

    private static void writeName(JsonGenerator out, String toolName) {
        Members.object(out).string("type", REFERENCE).string("name", toolName).end();
    }
}
