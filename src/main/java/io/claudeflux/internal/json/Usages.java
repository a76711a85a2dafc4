package io.claudeflux.internal.json;

import io.claudeflux.message.Json;
import io.claudeflux.message.ServiceTier;
import io.claudeflux.message.Speed;
import io.claudeflux.message.TokenCount;
import io.claudeflux.message.Usage;
import io.claudeflux.stream.MessageDeltaUsage;
import tools.jackson.core.JsonGenerator;

/** Token counters, in both directions. */
final class Usages {
    private Usages() {}

    static Usage read(Json json) {
        Fields fields = Fields.of(json);
        return new Usage(
                fields.number("input_tokens", 0),
                fields.number("output_tokens", 0),
                fields.number("cache_creation_input_tokens"),
                fields.number("cache_read_input_tokens"),
                fields.map("cache_creation", Usages::cacheCreation),
                fields.map("output_tokens_details", Usages::details),
                fields.map("server_tool_use", Usages::serverToolUse),
                fields.open("service_tier", ServiceTier::of),
                fields.open("speed", Speed::of),
                fields.string("inference_geo"),
                fields.restWithoutNulls());
    }

    static MessageDeltaUsage readDelta(Json json) {
        Fields fields = Fields.of(json);
        return new MessageDeltaUsage(
                fields.number("output_tokens"),
                fields.number("input_tokens"),
                fields.number("cache_creation_input_tokens"),
                fields.number("cache_read_input_tokens"),
                fields.map("output_tokens_details", Usages::details),
                fields.map("server_tool_use", Usages::serverToolUse),
                fields.rest());
    }

    private static Usage.CacheCreation cacheCreation(Json json) {
        Fields fields = Fields.of(json);
        return new Usage.CacheCreation(
                fields.number("ephemeral_5m_input_tokens", 0),
                fields.number("ephemeral_1h_input_tokens", 0),
                fields.rest());
    }

    private static Usage.OutputTokensDetails details(Json json) {
        Fields fields = Fields.of(json);
        return new Usage.OutputTokensDetails(fields.number("thinking_tokens", 0), fields.rest());
    }

    private static Usage.ServerToolUse serverToolUse(Json json) {
        Fields fields = Fields.of(json);
        return new Usage.ServerToolUse(
                fields.number("web_search_requests", 0), fields.number("web_fetch_requests", 0), fields.rest());
    }

    static void write(JsonGenerator out, Usage usage) {
        Members.object(out)
                .number("input_tokens", usage.inputTokens())
                .number("output_tokens", usage.outputTokens())
                .number("cache_creation_input_tokens", usage.cacheCreationInputTokens())
                .number("cache_read_input_tokens", usage.cacheReadInputTokens())
                .value("cache_creation", usage.cacheCreation(), Usages::writeCacheCreation)
                .value("output_tokens_details", usage.outputTokensDetails(), Usages::writeDetails)
                .value("server_tool_use", usage.serverToolUse(), Usages::writeServerToolUse)
                .word("service_tier", usage.serviceTier())
                .word("speed", usage.speed())
                .string("inference_geo", usage.inferenceGeo())
                .rest(usage.extra())
                .end();
    }

    static void writeDelta(JsonGenerator out, MessageDeltaUsage usage) {
        Members.object(out)
                .number("output_tokens", usage.outputTokens())
                .number("input_tokens", usage.inputTokens())
                .number("cache_creation_input_tokens", usage.cacheCreationInputTokens())
                .number("cache_read_input_tokens", usage.cacheReadInputTokens())
                .value("output_tokens_details", usage.outputTokensDetails(), Usages::writeDetails)
                .value("server_tool_use", usage.serverToolUse(), Usages::writeServerToolUse)
                .rest(usage.extra())
                .end();
    }

    static TokenCount readCount(Json json) {
        Fields fields = Fields.of(json);
        Long tokens = fields.number("input_tokens");
        if (tokens == null) {
            throw new MalformedJsonException("\"input_tokens\" is missing");
        }
        return new TokenCount(tokens, fields.rest());
    }

    static void writeCount(JsonGenerator out, TokenCount count) {
        Members.object(out)
                .number("input_tokens", count.inputTokens())
                .rest(count.extra())
                .end();
    }

    private static void writeCacheCreation(JsonGenerator out, Usage.CacheCreation creation) {
        Members.object(out)
                .number("ephemeral_5m_input_tokens", creation.ephemeral5mInputTokens())
                .number("ephemeral_1h_input_tokens", creation.ephemeral1hInputTokens())
                .rest(creation.extra())
                .end();
    }

    private static void writeDetails(JsonGenerator out, Usage.OutputTokensDetails details) {
        Members.object(out)
                .number("thinking_tokens", details.thinkingTokens())
                .rest(details.extra())
                .end();
    }

    private static void writeServerToolUse(JsonGenerator out, Usage.ServerToolUse use) {
        Members.object(out)
                .number("web_search_requests", use.webSearchRequests())
                .number("web_fetch_requests", use.webFetchRequests())
                .rest(use.extra())
                .end();
    }
}
