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
        Members.object(
                out,
                usage,
                (members, value) -> members.number("input_tokens", value.inputTokens())
                        .number("output_tokens", value.outputTokens())
                        .number("cache_creation_input_tokens", value.cacheCreationInputTokens())
                        .number("cache_read_input_tokens", value.cacheReadInputTokens())
                        .value("cache_creation", value.cacheCreation(), Usages::writeCacheCreation)
                        .value("output_tokens_details", value.outputTokensDetails(), Usages::writeDetails)
                        .value("server_tool_use", value.serverToolUse(), Usages::writeServerToolUse)
                        .word("service_tier", value.serviceTier())
                        .word("speed", value.speed())
                        .string("inference_geo", value.inferenceGeo())
                        .rest(value.extra()));
    }

    static void writeDelta(JsonGenerator out, MessageDeltaUsage usage) {
        Members.object(
                out,
                usage,
                (members, value) -> members.number("output_tokens", value.outputTokens())
                        .number("input_tokens", value.inputTokens())
                        .number("cache_creation_input_tokens", value.cacheCreationInputTokens())
                        .number("cache_read_input_tokens", value.cacheReadInputTokens())
                        .value("output_tokens_details", value.outputTokensDetails(), Usages::writeDetails)
                        .value("server_tool_use", value.serverToolUse(), Usages::writeServerToolUse)
                        .rest(value.extra()));
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
        Members.object(
                out,
                count,
                (members, value) ->
                        members.number("input_tokens", value.inputTokens()).rest(value.extra()));
    }

    private static void writeCacheCreation(JsonGenerator out, Usage.CacheCreation creation) {
        Members.object(
                out,
                creation,
                (members, value) -> members.number("ephemeral_5m_input_tokens", value.ephemeral5mInputTokens())
                        .number("ephemeral_1h_input_tokens", value.ephemeral1hInputTokens())
                        .rest(value.extra()));
    }

    private static void writeDetails(JsonGenerator out, Usage.OutputTokensDetails details) {
        Members.object(
                out,
                details,
                (members, value) -> members.number("thinking_tokens", value.thinkingTokens())
                        .rest(value.extra()));
    }

    private static void writeServerToolUse(JsonGenerator out, Usage.ServerToolUse use) {
        Members.object(
                out,
                use,
                (members, value) -> members.number("web_search_requests", value.webSearchRequests())
                        .number("web_fetch_requests", value.webFetchRequests())
                        .rest(value.extra()));
    }
}
