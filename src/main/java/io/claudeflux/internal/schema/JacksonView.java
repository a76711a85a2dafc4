package io.claudeflux.internal.schema;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.github.victools.jsonschema.generator.FieldScope;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.introspect.ClassIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.jsontype.TypeSerializer;

/**
 * What Jackson would read and write for a class. Asked instead of guessed, so that an answer that fits the schema
 * binds.
 */
final class JacksonView {
    private final JsonMapper mapper;
    private final Map<Class<?>, Map<String, String>> names = new HashMap<>();

    JacksonView(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** The name under which a field's value is read; null if it never is. */
    @Nullable String nameOf(FieldScope field) {
        return namesBeside(field).get(field.getDeclaredName());
    }

    /** The place of a field among its siblings. */
    int positionOf(FieldScope field) {
        return List.copyOf(namesBeside(field).keySet()).indexOf(field.getDeclaredName());
    }

    private Map<String, String> namesBeside(FieldScope field) {
        return names.computeIfAbsent(field.getDeclaringType().getErasedType(), this::namesOf);
    }

    private Map<String, String> namesOf(Class<?> type) {
        Map<String, String> found = new LinkedHashMap<>();
        for (BeanPropertyDefinition property : describe(type).findProperties()) {
            if (property.couldDeserialize()) {
                found.put(property.getInternalName(), property.getName());
            }
        }
        return found;
    }

    /** The values of an enum, as they are written. */
    List<JsonNode> constantsOf(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> mapper.<JsonNode>valueToTree(constant))
                .distinct()
                .toList();
    }

    /** The member whose value stands for the whole object; null if there is none. */
    @Nullable JavaType valueOf(Class<?> type) {
        AnnotatedMember accessor = describe(type).findJsonValueAccessor();
        return accessor == null ? null : accessor.getType();
    }

    private BeanDescription describe(Class<?> type) {
        ClassIntrospector introspector = mapper.deserializationConfig().classIntrospectorInstance();
        JavaType javaType = mapper.constructType(type);
        return introspector.introspectForDeserialization(javaType, introspector.introspectClassAnnotations(javaType));
    }

    /**
     * How the objects of a class tell it.
     *
     * @param property the name of the property
     * @param value what it holds
     */
    record Tag(String property, String value) {}

    /** Whether the objects of a class, or of its subclasses, tell their class in any way. */
    boolean isFamily(Class<?> type) {
        return tellerOf(type) != null;
    }

    /** How the objects of a class of a family tell it; null if not by a property. */
    @Nullable Tag tagOf(Class<?> type) {
        TypeSerializer teller = tellerOf(type);
        if (teller == null
                || (teller.getTypeInclusion() != JsonTypeInfo.As.PROPERTY
                        && teller.getTypeInclusion() != JsonTypeInfo.As.EXISTING_PROPERTY)) {
            return null;
        }
        String id = teller.getTypeIdResolver().idFromValueAndType(mapper._serializationContext(), null, type);
        return new Tag(teller.getPropertyName(), id);
    }

    private @Nullable TypeSerializer tellerOf(Class<?> type) {
        JavaType javaType = mapper.constructType(type);
        MapperConfig<?> config = mapper.serializationConfig();
        return config.getTypeResolverProvider()
                .findTypeSerializer(mapper._serializationContext(), javaType, annotated(javaType));
    }

    /** The classes of a family that have objects. */
    List<Class<?>> membersOf(Class<?> base) {
        MapperConfig<?> config = mapper.serializationConfig();
        Collection<NamedType> members = config.getSubtypeResolver()
                .collectAndResolveSubtypesByClass(config, annotated(mapper.constructType(base)));
        return members.stream()
                .<Class<?>>map(NamedType::getType)
                .filter(member -> !Modifier.isAbstract(member.getModifiers()))
                .distinct()
                .sorted(Comparator.comparing(Class::getName))
                .toList();
    }

    private AnnotatedClass annotated(JavaType type) {
        return mapper.serializationConfig().classIntrospectorInstance().introspectClassAnnotations(type);
    }
}
