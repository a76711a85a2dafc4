package io.claudeflux.internal.json;

import io.claudeflux.message.Container;
import io.claudeflux.message.Json;
import io.claudeflux.message.ResponseMetadata;
import io.claudeflux.message.StopDetails;
import io.claudeflux.message.StopReason;
import io.claudeflux.stream.ContentBlockDelta;
import io.claudeflux.stream.ContentBlockStart;
import io.claudeflux.stream.ContentBlockStop;
import io.claudeflux.stream.MessageChange;
import io.claudeflux.stream.MessageDelta;
import io.claudeflux.stream.MessageStart;
import io.claudeflux.stream.MessageStop;
import io.claudeflux.stream.Ping;
import io.claudeflux.stream.StreamEvent;
import io.claudeflux.stream.UnknownEvent;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/**
 * Stream events in every shape they may have, in both directions. The shape of nearly all of them has a shorter way,
 * {@link HotDelta}.
 */
final class Events {
    /** In-stream errors travel as unknown events of this name until the protocol makes exceptions of them. */
    static final String ERROR = "error";

    private Events() {}

    /**
     * Reads an event.
     *
     * @param data the event's JSON
     * @param members its members
     * @param name what the frame was called, which counts only when the JSON does not say
     * @param response the head of the response, for the first event
     */
    static StreamEvent read(Json data, Map<String, Json> members, String name, ResponseMetadata response) {
        Fields fields = Fields.of(members);
        String type = fields.string("type");
        if (type == null) {
            type = name.isEmpty() && fields.isPresent(ERROR) ? ERROR : name;
        }
        return switch (type) {
            case MessageStart.TYPE ->
                new MessageStart(Messages.read(fields.required("message")), response, fields.rest());
            case ContentBlockStart.TYPE ->
                new ContentBlockStart(
                        fields.integer("index"), ContentBlocks.read(fields.required("content_block")), fields.rest());
            case ContentBlockDelta.TYPE ->
                new ContentBlockDelta(fields.integer("index"), Deltas.read(fields.required("delta")), fields.rest());
            case ContentBlockStop.TYPE -> new ContentBlockStop(fields.integer("index"), fields.rest());
            case MessageDelta.TYPE -> messageDelta(fields);
            case MessageStop.TYPE -> new MessageStop(fields.rest());
            case Ping.TYPE -> new Ping(fields.rest());
            // A frame named error is one, even if its JSON is not the API's envelope.
            default -> new UnknownEvent(name.equals(ERROR) ? ERROR : type, data);
        };
    }

    private static MessageDelta messageDelta(Fields fields) {
        Json delta = fields.json("delta");
        Json usage = fields.json("usage");
        return new MessageDelta(
                change(Fields.of(delta == null ? Json.emptyObject() : delta)),
                Usages.readDelta(usage == null ? Json.emptyObject() : usage),
                fields.rest());
    }

    private static MessageChange change(Fields fields) {
        Set<String> cleared = new HashSet<>();
        for (String name : new String[] {"stop_reason", "stop_sequence", "stop_details"}) {
            if (fields.isNull(name)) {
                cleared.add(name);
            }
        }
        StopReason reason = fields.open("stop_reason", StopReason::of);
        String sequence = fields.string("stop_sequence");
        StopDetails details = fields.fitting("stop_details", Messages::stopDetails);
        Container container = fields.fitting("container", Containers::read);
        return new MessageChange(reason, sequence, details, container, cleared, fields.rest());
    }

    static void write(JsonGenerator out, StreamEvent event) {
        if (event instanceof UnknownEvent unknown) {
            Members.raw(out, unknown.raw());
        } else {
            Members members = Members.object(out).string("type", event.type());
            members(members, event);
            members.end();
        }
    }

    private static void members(Members out, StreamEvent event) {
        if (event instanceof ContentBlockDelta block) {
            out.number("index", (long) block.index())
                    .value("delta", block.delta(), Deltas::write)
                    .rest(block.extra());
        } else if (event instanceof MessageStart start) {
            out.value("message", start.message(), Messages::write).rest(start.extra());
        } else if (event instanceof ContentBlockStart start) {
            out.number("index", (long) start.index())
                    .value("content_block", start.contentBlock(), ContentBlocks::write)
                    .rest(start.extra());
        } else if (event instanceof ContentBlockStop stop) {
            out.number("index", (long) stop.index()).rest(stop.extra());
        } else if (event instanceof MessageDelta delta) {
            out.value("delta", delta.delta(), Events::writeChange)
                    .value("usage", delta.usage(), Usages::writeDelta)
                    .rest(delta.extra());
        } else if (event instanceof MessageStop stop) {
            out.rest(stop.extra());
        } else if (event instanceof Ping ping) {
            out.rest(ping.extra());
        }
    }

    private static void writeChange(JsonGenerator out, MessageChange change) {
        Members members = Members.object(out)
                .word("stop_reason", change.stopReason())
                .string("stop_sequence", change.stopSequence())
                .value("stop_details", change.stopDetails(), Messages::writeStopDetails)
                .value("container", change.container(), Containers::write);
        change.cleared().stream().sorted().forEach(name -> members.stringOrNull(name, null));
        members.rest(change.extra()).end();
    }
}
