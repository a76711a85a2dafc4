package io.claudeflux.internal.json;

import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.Diagnostics;
import io.claudeflux.message.Effort;
import io.claudeflux.message.Json;
import io.claudeflux.message.MessageParam;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.Metadata;
import io.claudeflux.message.OutputConfig;
import io.claudeflux.message.Role;
import io.claudeflux.message.ServiceTier;
import io.claudeflux.message.Speed;
import io.claudeflux.message.TextBlock;
import java.util.List;
import java.util.Map;

/** Requests and turns from JSON, for applications that keep conversations. */
final class RequestReader {
    private RequestReader() {}

    static MessageRequest read(Json json) {
        Fields fields = Fields.of(json).drop("stream");
        return new MessageRequest(
                fields.string("model", ""),
                fields.integer("max_tokens"),
                fields.list("messages", RequestReader::readTurn),
                system(fields),
                fields.list("stop_sequences", sequence -> sequence.as(String.class)),
                fields.map("metadata", RequestReader::metadata),
                fields.open("service_tier", ServiceTier::of),
                fields.open("speed", Speed::of),
                fields.map("thinking", ThinkingModes::read),
                fields.map("output_config", RequestReader::outputConfig),
                fields.list("tools", Tools::read),
                fields.map("tool_choice", ToolChoices::read),
                CacheControls.of(fields),
                fields.map("container", Containers::readParam),
                fields.map("diagnostics", RequestReader::diagnostics),
                fields.string("inference_geo"),
                fields.rest(),
                Map.of(),
                List.of(),
                null,
                null);
    }

    static MessageParam readTurn(Json json) {
        Fields fields = Fields.of(json);
        return new MessageParam(
                Role.of(fields.string("role", "")), ContentBlocks.readContent(fields.json("content")), fields.rest());
    }

    private static List<TextBlock> system(Fields fields) {
        return ContentBlocks.readContent(fields.json("system")).stream()
                .map(RequestReader::asText)
                .toList();
    }

    private static TextBlock asText(ContentBlock block) {
        if (block instanceof TextBlock text) {
            return text;
        }
        throw new MalformedJsonException("\"system\" holds a block that is not text");
    }

    private static OutputConfig outputConfig(Json json) {
        Fields fields = Fields.of(json);
        return new OutputConfig(
                fields.open("effort", Effort::of), fields.map("format", OutputFormats::read), fields.rest());
    }

    private static Metadata metadata(Json json) {
        Fields fields = Fields.of(json);
        return new Metadata(fields.string("user_id"), fields.rest());
    }

    private static Diagnostics diagnostics(Json json) {
        Fields fields = Fields.of(json);
        return new Diagnostics(fields.string("previous_message_id"), fields.rest());
    }
}
