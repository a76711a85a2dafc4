package io.claudeflux.internal.json;

import io.claudeflux.message.Json;
import io.claudeflux.message.Message;
import io.claudeflux.message.RefusalCategory;
import io.claudeflux.message.Role;
import io.claudeflux.message.StopDetails;
import io.claudeflux.message.StopReason;
import tools.jackson.core.JsonGenerator;

/** Messages of the model, in both directions. */
final class Messages {
    private Messages() {}

    static Message read(Json json) {
        Fields fields = Fields.of(json).drop("type");
        Json usage = fields.json("usage");
        return new Message(
                fields.string("id", ""),
                Role.of(fields.string("role", Role.ASSISTANT.value())),
                fields.string("model", ""),
                ContentBlocks.readContent(fields.json("content")),
                fields.open("stop_reason", StopReason::of),
                fields.string("stop_sequence"),
                fields.fitting("stop_details", Messages::stopDetails),
                fields.fitting("container", Containers::read),
                fields.fitting("diagnostics", CacheDiagnosticsCodec::read),
                Usages.read(usage == null ? Json.emptyObject() : usage),
                fields.restWithoutNulls());
    }

    static StopDetails stopDetails(Json json) {
        Fields fields = Fields.of(json);
        return new StopDetails(
                fields.string("type", ""),
                fields.open("category", RefusalCategory::of),
                fields.string("explanation"),
                fields.rest());
    }

    static void write(JsonGenerator out, Message message) {
        Members.object(out)
                .string("id", message.id())
                .string("type", "message")
                .word("role", message.role())
                .string("model", message.model())
                .array("content", message.content(), ContentBlocks::write)
                .word("stop_reason", message.stopReason())
                .string("stop_sequence", message.stopSequence())
                .value("stop_details", message.stopDetails(), Messages::writeStopDetails)
                .value("container", message.container(), Containers::write)
                .value("diagnostics", message.diagnostics(), CacheDiagnosticsCodec::write)
                .value("usage", message.usage(), Usages::write)
                .rest(message.extra())
                .end();
    }

    static void writeStopDetails(JsonGenerator out, StopDetails details) {
        Members.object(out)
                .string("type", details.type())
                .word("category", details.category())
                .string("explanation", details.explanation())
                .rest(details.extra())
                .end();
    }
}
