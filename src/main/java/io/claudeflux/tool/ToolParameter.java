package io.claudeflux.tool;

import io.claudeflux.error.ConfigurationException;
import io.claudeflux.message.Json;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of a method that is a member of the tool's input.
 *
 * @param name the member's name
 * @param description what it is, for the model; empty for nothing
 * @param isRequired whether the model must give it
 * @param type its class, or that of the elements of a list
 * @param isList whether it is a list
 */
record ToolParameter(String name, String description, boolean isRequired, Class<?> type, boolean isList) {
    private static final String STRING = "string";
    private static final String FORMAT = "format";

    /** Whether it stands in the input under a name, and is not the whole of it. */
    static boolean isMember(Parameter parameter) {
        return schemaOf(element(parameter.getParameterizedType())) != null
                || List.class.isAssignableFrom(parameter.getType())
                || parameter.getType() == Optional.class;
    }

    static ToolParameter of(Parameter parameter, String method) {
        ToolParam mark = parameter.getAnnotation(ToolParam.class);
        String name = mark == null || mark.name().isEmpty() ? parameter.getName() : mark.name();
        if (name.equals(parameter.getName())
                && !parameter.isNamePresent()
                && (mark == null || mark.name().isEmpty())) {
            throw unfit(method, "a parameter has no name: give it @ToolParam(name = ...), or compile with -parameters");
        }
        if (parameter.getType() == Optional.class) {
            throw unfit(
                    method,
                    "the parameter " + name + " is an Optional: take the type itself, which is null where the model"
                            + " leaves it out, with @ToolParam(required = false)");
        }
        Type element = element(parameter.getParameterizedType());
        if (!(element instanceof Class<?> type) || schemaOf(type) == null) {
            throw unfit(
                    method,
                    "the parameter " + name + " is neither a simple value nor a list of them: take a record that holds"
                            + " all parameters, as the only one");
        }
        boolean isRequired = mark == null || mark.required();
        if (!isRequired && type.isPrimitive()) {
            throw unfit(method, "the parameter " + name + " is optional, and a " + type + " cannot be null");
        }
        boolean isList = element != parameter.getParameterizedType();
        return new ToolParameter(name, mark == null ? "" : mark.description(), isRequired, type, isList);
    }

    static Json schema(List<ToolParameter> parameters) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (ToolParameter parameter : parameters) {
            properties.put(parameter.name, parameter.schema());
            if (parameter.isRequired) {
                required.add(parameter.name);
            }
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", required);
        schema.put("additionalProperties", false);
        return Json.of(schema);
    }

    /** The arguments, in their order; told to the model if one of them does not fit. */
    static @Nullable Object[] read(List<ToolParameter> parameters, Json input) {
        Map<String, Json> members = input.members();
        return parameters.stream()
                .map(parameter -> parameter.read(members.get(parameter.name)))
                .toArray();
    }

    private @Nullable Object read(@Nullable Json value) {
        if (value == null || value.isNull()) {
            if (isRequired) {
                throw new ToolException(InputReader.UNFIT + ": " + name + " is missing.");
            }
            return null;
        }
        if (!isList) {
            return read(value, name);
        }
        if (!value.text().stripLeading().startsWith("[")) {
            throw new ToolException(InputReader.UNFIT + ": " + name + " is no array.");
        }
        List<Object> elements = new ArrayList<>();
        for (Json element : value.elements()) {
            elements.add(read(element, name + "[" + elements.size() + "]"));
        }
        return elements;
    }

    private Object read(Json value, String place) {
        try {
            return type == Json.class ? value : value.as(type);
        } catch (IllegalArgumentException misfit) {
            throw InputReader.unfit(misfit, type, place);
        }
    }

    private Map<String, Object> schema() {
        Map<String, Object> one = new LinkedHashMap<>();
        Map<String, Object> simple = schemaOf(type);
        if (isList) {
            one.put("type", "array");
            one.put("items", simple == null ? Map.of() : simple);
        } else if (simple != null) {
            one.putAll(simple);
        }
        if (!description.isEmpty()) {
            one.put("description", description);
        }
        return one;
    }

    /** Null for what is no simple value. */
    private static @Nullable Map<String, Object> schemaOf(Type type) {
        if (!(type instanceof Class<?> simple)) {
            return null;
        } else if (simple.isEnum()) {
            List<Json> words =
                    Arrays.stream(simple.getEnumConstants()).map(Json::of).toList();
            return Map.of("type", STRING, "enum", words);
        }
        return switch (simple.getName()) {
            case "java.lang.String" -> Map.of("type", STRING);
            case "int", "long", "java.lang.Integer", "java.lang.Long", "java.math.BigInteger" ->
                Map.of("type", "integer");
            case "double", "java.lang.Double", "java.math.BigDecimal" -> Map.of("type", "number");
            case "boolean", "java.lang.Boolean" -> Map.of("type", "boolean");
            case "java.time.LocalDate" -> Map.of("type", STRING, FORMAT, "date");
            case "java.time.Instant", "java.time.OffsetDateTime" -> Map.of("type", STRING, FORMAT, "date-time");
            case "java.util.UUID" -> Map.of("type", STRING, FORMAT, "uuid");
            case "io.claudeflux.message.Json" -> Map.of();
            default -> null;
        };
    }

    private static Type element(Type type) {
        return type instanceof ParameterizedType list && list.getRawType() == List.class
                ? list.getActualTypeArguments()[0]
                : type;
    }

    private static ConfigurationException unfit(String method, String why) {
        return new ConfigurationException("tools", method + " cannot be a tool: " + why, null);
    }
}
