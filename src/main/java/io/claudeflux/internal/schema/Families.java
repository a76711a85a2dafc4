package io.claudeflux.internal.schema;

import com.fasterxml.classmate.ResolvedType;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SubtypeResolver;
import com.github.victools.jsonschema.generator.TypeAttributeOverrideV2;
import com.github.victools.jsonschema.generator.TypeScope;
import java.lang.reflect.Modifier;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Classes of which several may stand in one place, each of whose objects tells its class by a property.
 *
 * <p>The property is no field of the class. It is noted beside the object while the schema is being made, where only
 * attributes can be added, and put among its properties when all is there.
 */
final class Families implements SubtypeResolver, TypeAttributeOverrideV2 {
    private static final String NOTE = "$told";

    private final JacksonView jackson;
    private final Refusals refusals;

    Families(JacksonView jackson, Refusals refusals) {
        this.jackson = jackson;
        this.refusals = refusals;
    }

    @Override
    public @Nullable List<ResolvedType> findSubtypes(ResolvedType declared, SchemaGenerationContext context) {
        Class<?> raw = declared.getErasedType();
        if (!isAbstract(raw) || raw.isPrimitive() || raw.isArray() || !jackson.isFamily(raw)) {
            return null;
        }
        List<ResolvedType> members = jackson.membersOf(raw).stream()
                .map(member -> context.getTypeContext().resolve(member))
                .toList();
        if (members.isEmpty()) {
            throw refusals.of(declared, "has no classes with objects: name them with @JsonSubTypes");
        }
        return members;
    }

    @Override
    public void overrideTypeAttributes(ObjectNode attributes, TypeScope scope, SchemaGenerationContext context) {
        Class<?> raw = scope.getType().getErasedType();
        if (isAbstract(raw) || raw.isEnum() || Scalars.of(raw) != null || !jackson.isFamily(raw)) {
            return;
        }
        JacksonView.Tag tag = jackson.tagOf(raw);
        if (tag == null) {
            throw refusals.of(
                    scope.getType(),
                    "tells its class by other means than a property: use @JsonTypeInfo with include ="
                            + " JsonTypeInfo.As.PROPERTY");
        }
        attributes.putObject(NOTE).put(tag.property(), tag.value());
    }

    private static boolean isAbstract(Class<?> type) {
        return Modifier.isAbstract(type.getModifiers());
    }

    /** Puts the noted property in its place, in front of the others. */
    static void settle(ObjectNode object) {
        if (object.remove(NOTE) instanceof ObjectNode note) {
            note.forEachEntry((property, value) -> tell(object, property, value));
        }
    }

    private static void tell(ObjectNode object, String property, JsonNode value) {
        ObjectNode properties = object.objectNode();
        properties.putObject(property).put("type", "string").set("const", value);
        ArrayNode required = object.arrayNode().add(property);
        if (object.get("properties") instanceof ObjectNode others) {
            others.forEachEntry((name, schema) -> {
                if (!name.equals(property)) {
                    properties.set(name, schema);
                    required.add(name);
                }
            });
        }
        object.set("properties", properties);
        object.set("required", required);
    }
}
