package io.claudeflux.internal.json;

import io.claudeflux.message.Json;
import io.claudeflux.stream.CitationsDelta;
import io.claudeflux.stream.CompactionDelta;
import io.claudeflux.stream.Delta;
import io.claudeflux.stream.InputJsonDelta;
import io.claudeflux.stream.SignatureDelta;
import io.claudeflux.stream.TextDelta;
import io.claudeflux.stream.ThinkingDelta;
import io.claudeflux.stream.UnknownDelta;
import tools.jackson.core.JsonGenerator;

/** Deltas of content blocks, in both directions. */
final class Deltas {
    private Deltas() {}

    static Delta read(Json json) {
        Fields fields = Fields.of(json);
        String type = fields.string("type", "");
        return switch (type) {
            case TextDelta.TYPE -> new TextDelta(fields.string("text", ""), fields.rest());
            case InputJsonDelta.TYPE -> new InputJsonDelta(fields.string("partial_json", ""), fields.rest());
            case ThinkingDelta.TYPE -> new ThinkingDelta(fields.string("thinking", ""), fields.rest());
            case SignatureDelta.TYPE -> new SignatureDelta(fields.string("signature", ""), fields.rest());
            case CitationsDelta.TYPE -> new CitationsDelta(Citations.read(fields.required("citation")), fields.rest());
            case CompactionDelta.TYPE ->
                new CompactionDelta(fields.string("content"), fields.string("encrypted_content"), fields.rest());
            default -> new UnknownDelta(type, json);
        };
    }

    static void write(JsonGenerator out, Delta delta) {
        if (delta instanceof UnknownDelta unknown) {
            Members.raw(out, unknown.raw());
        } else {
            Members members = Members.object(out).string("type", delta.type());
            members(members, delta);
            members.end();
        }
    }

    private static void members(Members out, Delta delta) {
        if (delta instanceof TextDelta text) {
            out.string("text", text.text()).rest(text.extra());
        } else if (delta instanceof InputJsonDelta input) {
            out.string("partial_json", input.partialJson()).rest(input.extra());
        } else if (delta instanceof ThinkingDelta thinking) {
            out.string("thinking", thinking.thinking()).rest(thinking.extra());
        } else if (delta instanceof SignatureDelta signature) {
            out.string("signature", signature.signature()).rest(signature.extra());
        } else if (delta instanceof CitationsDelta citations) {
            out.value("citation", citations.citation(), Citations::write).rest(citations.extra());
        } else if (delta instanceof CompactionDelta compaction) {
            out.stringOrNull("content", compaction.content())
                    .string("encrypted_content", compaction.encryptedContent())
                    .rest(compaction.extra());
        }
    }
}
