package io.claudeflux.internal.json;

import io.claudeflux.message.Json;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Jackson's data binding, which knows the types of this library too, alone or inside an application's own types.
 *
 * <p>Loaded when an application first binds a type of its own or looks at JSON as maps and lists, for it is a third of
 * all that a client would load at its start; requests and streams do without.
 */
final class DataBinding {
    private static final JsonFactory COPIES = new JsonFactory();

    static final JsonMapper MAPPER = JsonMapper.builder(JsonFormat.FACTORY)
            .addModule(vocabulary())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            // A builder or a lambda handed over by mistake must not become {}.
            .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .build();

    // Readers, because a mapper looks for the way to read a type when it is first asked, under a lock: event loops that
    // asked at the same moment would wait for each other there.
    static final ObjectReader ANY = MAPPER.readerFor(Object.class);
    static final ObjectReader MAP = MAPPER.readerFor(new TypeReference<LinkedHashMap<String, @Nullable Object>>() {});
    static final ObjectReader LIST = MAPPER.readerFor(new TypeReference<List<@Nullable Object>>() {});

    private DataBinding() {}

    private static SimpleModule vocabulary() {
        SimpleModule module = new SimpleModule("claude-flux");
        Vocabulary.forms().forEach(form -> add(module, form));
        return module;
    }

    private static <T> void add(SimpleModule module, Vocabulary.Form<T> form) {
        module.addSerializer(form.type(), new ValueSerializer<T>() {
            @Override
            public void serialize(T value, JsonGenerator out, SerializationContext context) {
                form.write().accept(out, value);
            }
        });
        module.addDeserializer(form.type(), new ValueDeserializer<T>() {
            @Override
            public T deserialize(JsonParser parser, DeserializationContext context) {
                return form.read().apply(copy(parser));
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
