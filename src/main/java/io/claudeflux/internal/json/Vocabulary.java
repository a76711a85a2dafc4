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
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The types of this library that have a JSON form, each with its reader and its writer. */
final class Vocabulary {
    private static final Vocabulary INSTANCE = new Vocabulary();

    private final Map<Class<?>, Form<?>> forms = new LinkedHashMap<>();

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

    static Collection<Form<?>> forms() {
        return INSTANCE.forms.values();
    }

    /** The form of a type itself, and not of what it implements; null for any type but ours. */
    @SuppressWarnings("unchecked") // They are put in under their own type.
    static <T> @Nullable Form<T> of(Class<T> type) {
        return (Form<T>) INSTANCE.forms.get(type);
    }

    /** What writes a value of one of our types; null for any other. */
    @SuppressWarnings("unchecked") // As above.
    static @Nullable BiConsumer<JsonGenerator, Object> writer(Object value) {
        Form<?> form = of(value.getClass());
        for (Class<?> sealed : value.getClass().getInterfaces()) {
            form = form == null ? of(sealed) : form;
        }
        return form == null ? null : (BiConsumer<JsonGenerator, Object>) form.write();
    }

    /** One type in both directions. */
    record Form<T>(Class<T> type, Function<Json, T> read, BiConsumer<JsonGenerator, T> write) {}

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
        forms.put(type, new Form<>(type, read, write));
    }
}
