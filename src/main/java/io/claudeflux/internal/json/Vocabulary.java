package io.claudeflux.internal.json;

import io.claudeflux.message.Citation;
import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.Effort;
import io.claudeflux.message.Json;
import io.claudeflux.message.MediaSource;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageParam;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.ResponseMetadata;
import io.claudeflux.message.Role;
import io.claudeflux.message.ServiceTier;
import io.claudeflux.message.Speed;
import io.claudeflux.message.StopReason;
import io.claudeflux.message.Thinking;
import io.claudeflux.message.Tool;
import io.claudeflux.message.ToolChoice;
import io.claudeflux.message.Usage;
import io.claudeflux.stream.Delta;
import io.claudeflux.stream.StreamEvent;
import java.io.StringWriter;
import java.util.function.BiConsumer;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.module.SimpleModule;

/**
 * Teaches data binding the types of this library, so that {@code Json.of} and {@code Json.as} take them, alone or
 * inside an application's own types.
 */
final class Vocabulary {
    private static final JsonFactory COPIES = new JsonFactory();

    private final SimpleModule module = new SimpleModule("claude-flux");

    private Vocabulary() {}

    static SimpleModule module() {
        Vocabulary vocabulary = new Vocabulary();
        vocabulary.type(Json.class, json -> json, Members::raw);
        vocabulary.type(MessageRequest.class, RequestReader::read, RequestWriter::write);
        vocabulary.type(MessageParam.class, RequestReader::readTurn, RequestWriter::writeTurn);
        vocabulary.type(ContentBlock.class, ContentBlocks::read, ContentBlocks::write);
        vocabulary.type(MediaSource.class, MediaSources::read, MediaSources::write);
        vocabulary.type(Citation.class, ContentBlocks::citation, (out, citation) -> Members.raw(out, citation.raw()));
        vocabulary.type(Tool.class, Tools::read, Tools::write);
        vocabulary.type(ToolChoice.class, Tools::readChoice, Tools::writeChoice);
        vocabulary.type(Thinking.class, ThinkingModes::read, ThinkingModes::write);
        vocabulary.type(Message.class, Messages::read, Messages::write);
        vocabulary.type(Usage.class, Usages::read, Usages::write);
        vocabulary.type(StreamEvent.class, Vocabulary::event, Events::write);
        vocabulary.type(Delta.class, Deltas::read, Deltas::write);
        vocabulary.word(Role.class, Role::of);
        vocabulary.word(StopReason.class, StopReason::of);
        vocabulary.word(ServiceTier.class, ServiceTier::of);
        vocabulary.word(Speed.class, Speed::of);
        vocabulary.word(Effort.class, Effort::of);
        return vocabulary.module;
    }

    private static StreamEvent event(Json json) {
        return Events.read(json, json.members(), "", ResponseMetadata.none());
    }

    private <T> void word(Class<T> type, Function<String, T> of) {
        type(type, json -> of.apply(json.as(String.class)), (out, word) -> out.writeString(word.toString()));
    }

    private <T> void type(Class<T> type, Function<Json, T> read, BiConsumer<JsonGenerator, T> write) {
        module.addSerializer(type, new ValueSerializer<T>() {
            @Override
            public void serialize(T value, JsonGenerator out, SerializationContext context) {
                write.accept(out, value);
            }
        });
        module.addDeserializer(type, new ValueDeserializer<T>() {
            @Override
            public T deserialize(JsonParser parser, DeserializationContext context) {
                return read.apply(copy(parser));
            }
        });
    }

    /** The value under the parser as text, numbers to the digit. */
    private static Json copy(JsonParser parser) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = COPIES.createGenerator(ObjectWriteContext.empty(), text)) {
            out.copyCurrentStructureExact(parser);
        }
        return Json.trusted(text.toString());
    }
}
