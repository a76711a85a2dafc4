package io.claudeflux.langchain4j;

import dev.langchain4j.model.chat.request.json.JsonAnyOfSchema;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonBooleanSchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonNullSchema;
import dev.langchain4j.model.chat.request.json.JsonNumberSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonReferenceSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import io.claudeflux.message.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Schemas of LangChain4j as JSON, without the Jackson 2 that its own way takes. */
final class Schemas {
    private static final Map<Class<?>, String> TYPES = Map.of(
            JsonObjectSchema.class, "object",
            JsonArraySchema.class, "array",
            JsonStringSchema.class, "string",
            JsonEnumSchema.class, "string",
            JsonIntegerSchema.class, "integer",
            JsonNumberSchema.class, "number",
            JsonBooleanSchema.class, "boolean",
            JsonNullSchema.class, "null");

    /** Objects take no members but their own, which the API asks for where it makes an answer fit. */
    private final boolean isClosed;

    private Schemas(boolean isClosed) {
        this.isClosed = isClosed;
    }

    static Json json(JsonSchemaElement schema, boolean isClosed) {
        return new Schemas(isClosed).json(schema);
    }

    private Json json(JsonSchemaElement element) {
        if (element instanceof JsonRawSchema raw) {
            return Json.parse(raw.schema());
        }
        Map<String, @Nullable Object> schema = new LinkedHashMap<>();
        String type = TYPES.get(element.getClass());
        if (type != null) {
            schema.put("type", type);
        }
        if (element.description() != null) {
            schema.put("description", element.description());
        }
        if (element instanceof JsonObjectSchema object) {
            add(object, schema);
        } else if (element instanceof JsonArraySchema array && array.items() != null) {
            schema.put("items", json(array.items()));
        } else if (element instanceof JsonEnumSchema words) {
            schema.put("enum", words.enumValues());
        } else if (element instanceof JsonAnyOfSchema either) {
            List<Json> schemas = new ArrayList<>();
            for (JsonSchemaElement one : either.anyOf()) {
                schemas.add(json(one));
            }
            schema.put("anyOf", schemas);
        } else if (element instanceof JsonReferenceSchema reference) {
            schema.put("$ref", "#/$defs/" + reference.reference());
        } else if (type == null) {
            throw Requests.unsupported("a schema of " + element.getClass());
        }
        return Json.of(schema);
    }

    private void add(JsonObjectSchema object, Map<String, @Nullable Object> schema) {
        schema.put("properties", all(object.properties()));
        List<String> required = object.required();
        if (required != null && !required.isEmpty()) {
            schema.put("required", required);
        }
        if (isClosed || object.additionalProperties() != null) {
            schema.put("additionalProperties", !isClosed && object.additionalProperties());
        }
        if (object.definitions() != null && !object.definitions().isEmpty()) {
            schema.put("$defs", all(object.definitions()));
        }
    }

    private Map<String, Json> all(Map<String, JsonSchemaElement> elements) {
        Map<String, Json> schemas = new LinkedHashMap<>();
        for (Map.Entry<String, JsonSchemaElement> element : elements.entrySet()) {
            schemas.put(element.getKey(), json(element.getValue()));
        }
        return schemas;
    }
}
