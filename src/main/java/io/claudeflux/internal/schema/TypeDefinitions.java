package io.claudeflux.internal.schema;

import com.fasterxml.classmate.ResolvedType;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.CustomDefinition.AttributeInclusion;
import com.github.victools.jsonschema.generator.CustomDefinition.DefinitionType;
import com.github.victools.jsonschema.generator.CustomDefinitionProviderV2;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The schema of each type that is not simply an object of its fields, and an error for what has none. */
final class TypeDefinitions implements CustomDefinitionProviderV2 {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JacksonView jackson;
    private final Refusals refusals;

    TypeDefinitions(JacksonView jackson, Refusals refusals) {
        this.jackson = jackson;
        this.refusals = refusals;
    }

    @Override
    public @Nullable CustomDefinition provideCustomSchemaDefinition(
            ResolvedType type, SchemaGenerationContext context) {
        Class<?> raw = type.getErasedType();
        Scalars.Scalar scalar = Scalars.of(raw);
        if (scalar != null) {
            return inline(scalar(scalar));
        }
        if (raw.isEnum()) {
            return inline(constants(raw));
        }
        if (raw == Optional.class) {
            return inline(nullable(context.createDefinitionReference(argument(type))));
        }
        if (raw.isArray() || Collection.class.isAssignableFrom(raw)) {
            return null;
        }
        return object(type, context);
    }

    private @Nullable CustomDefinition object(ResolvedType type, SchemaGenerationContext context) {
        Class<?> raw = type.getErasedType();
        refuseLibraryTypes(type);
        JavaType value = jackson.valueOf(raw);
        if (value != null) {
            return inline(
                    context.createDefinitionReference(context.getTypeContext().resolve(value.getRawClass())));
        }
        if (Modifier.isAbstract(raw.getModifiers()) && !jackson.isFamily(raw)) {
            throw refusals.of(
                    type,
                    "is abstract, and nothing says which classes it has: name them with @JsonTypeInfo and"
                            + " @JsonSubTypes, or use a record");
        }
        return null;
    }

    private static ObjectNode scalar(Scalars.Scalar scalar) {
        ObjectNode node = NODES.objectNode().put("type", scalar.type());
        if (scalar.format() != null) {
            node.put("format", scalar.format());
        }
        if (scalar.description() != null) {
            node.put("description", scalar.description());
        }
        return scalar.isNullable() ? nullable(node) : node;
    }

    private ObjectNode constants(Class<?> type) {
        List<JsonNode> constants = jackson.constantsOf(type);
        String name = constants.stream().allMatch(JsonNode::isIntegralNumber) ? "integer" : "string";
        ObjectNode node = NODES.objectNode().put("type", name);
        node.putArray("enum").addAll(constants);
        return node;
    }

    private static ObjectNode nullable(ObjectNode node) {
        ObjectNode either = NODES.objectNode();
        either.putArray("anyOf").add(node).add(NODES.objectNode().put("type", "null"));
        return either;
    }

    private ResolvedType argument(ResolvedType type) {
        List<ResolvedType> arguments = type.getTypeParameters();
        if (arguments.isEmpty()) {
            throw refusals.of(type, "has no type argument: say of what it is");
        }
        return arguments.get(0);
    }

    private void refuseLibraryTypes(ResolvedType type) {
        Class<?> raw = type.getErasedType();
        if (raw == Object.class) {
            throw refusals.of(type, "may be anything, which no schema of the API can say: use a record");
        }
        if (Map.class.isAssignableFrom(raw)) {
            throw refusals.of(
                    type,
                    "has names that are not known beforehand, which no schema of the API can say: use a list"
                            + " of records with a name and a value");
        }
        if (raw.getName().startsWith("java.")
                || raw.getName().startsWith("tools.jackson.")
                || raw.getName().startsWith("io.claudeflux.message.")) {
            throw refusals.of(type, "has no form that the API can be asked for: use a record, or a string");
        }
    }

    private static CustomDefinition inline(ObjectNode node) {
        return new CustomDefinition(node, DefinitionType.INLINE, AttributeInclusion.YES);
    }
}
