package io.claudeflux.internal.json;

import io.claudeflux.catalog.ModelInfo;
import io.claudeflux.catalog.ModelLifecycle;
import io.claudeflux.catalog.ModelLine;
import io.claudeflux.message.Beta;
import io.claudeflux.message.Citation;
import io.claudeflux.message.ContainerParam;
import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.Effort;
import io.claudeflux.message.Json;
import io.claudeflux.message.MediaSource;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageParam;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.OutputFormat;
import io.claudeflux.message.RefusalCategory;
import io.claudeflux.message.ResponseInclusion;
import io.claudeflux.message.ResponseMetadata;
import io.claudeflux.message.Role;
import io.claudeflux.message.ServerToolErrorCode;
import io.claudeflux.message.ServerToolName;
import io.claudeflux.message.ServiceTier;
import io.claudeflux.message.Speed;
import io.claudeflux.message.StopReason;
import io.claudeflux.message.Thinking;
import io.claudeflux.message.ThinkingDisplay;
import io.claudeflux.message.TokenCount;
import io.claudeflux.message.Tool;
import io.claudeflux.message.ToolCaller;
import io.claudeflux.message.ToolChoice;
import io.claudeflux.message.Usage;
import io.claudeflux.stream.Delta;
import io.claudeflux.stream.StreamEvent;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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

    private static final Vocabulary INSTANCE = new Vocabulary();

    private final SimpleModule module = new SimpleModule("claude-flux");
    private final Map<Class<?>, Function<Json, ?>> readers = new HashMap<>();

    private Vocabulary() {
        type(Json.class, json -> json, Members::raw);
        type(MessageRequest.class, RequestReader::read, RequestWriter::write);
        type(MessageParam.class, RequestReader::readTurn, RequestWriter::writeTurn);
        type(ContentBlock.class, ContentBlocks::read, ContentBlocks::write);
        type(MediaSource.class, MediaSources::read, MediaSources::write);
        type(Citation.class, Citations::read, Citations::write);
        type(Tool.class, Tools::read, Tools::write);
        type(ContainerParam.class, Containers::readParam, Containers::writeParam);
        type(OutputFormat.class, OutputFormats::read, OutputFormats::write);
        type(ToolChoice.class, ToolChoices::read, ToolChoices::write);
        type(Thinking.class, ThinkingModes::read, ThinkingModes::write);
        type(Message.class, Messages::read, Messages::write);
        type(Usage.class, Usages::read, Usages::write);
        type(TokenCount.class, Usages::readCount, Usages::writeCount);
        type(ModelInfo.class, ModelInfos::read, ModelInfos::write);
        type(StreamEvent.class, Vocabulary::event, Events::write);
        type(Delta.class, Deltas::read, Deltas::write);
        word(Role.class, Role::of);
        word(StopReason.class, StopReason::of);
        word(ServiceTier.class, ServiceTier::of);
        word(Speed.class, Speed::of);
        word(Effort.class, Effort::of);
        word(ModelLifecycle.class, ModelLifecycle::of);
        word(ModelLine.class, ModelLine::of);
        word(ThinkingDisplay.class, ThinkingDisplay::of);
        word(ServerToolName.class, ServerToolName::of);
        word(ServerToolErrorCode.class, ServerToolErrorCode::of);
        word(ToolCaller.class, ToolCaller::of);
        word(ResponseInclusion.class, ResponseInclusion::of);
        word(RefusalCategory.class, RefusalCategory::of);
        word(Beta.class, Beta::of);
    }

    static SimpleModule module() {
        return INSTANCE.module;
    }

    /**
     * Reads one of our types from its own text, so that what is kept of it is kept to the letter; null for any other
     * type.
     */
    static <T> @Nullable T read(Json json, Class<T> type) {
        Function<Json, ?> reader = INSTANCE.readers.get(type);
        return reader == null ? null : type.cast(reader.apply(json));
    }

    private static StreamEvent event(Json json) {
        return Events.read(json, json.members(), "", ResponseMetadata.none());
    }

    private <T> void word(Class<T> type, Function<String, T> of) {
        type(type, json -> of.apply(text(json)), (out, word) -> out.writeString(word.toString()));
    }

    private static String text(Json json) {
        if (json.isNull()) {
            throw new MalformedJsonException("null in place of a word");
        }
        return json.as(String.class);
    }

    private <T> void type(Class<T> type, Function<Json, T> read, BiConsumer<JsonGenerator, T> write) {
        readers.put(type, read);
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

    /** The value under the parser as text; the same in meaning, numbers may be written another way. */
    private static Json copy(JsonParser parser) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = COPIES.createGenerator(ObjectWriteContext.empty(), text)) {
            out.copyCurrentStructureExact(parser);
        }
        return Json.trusted(text.toString());
    }
}
