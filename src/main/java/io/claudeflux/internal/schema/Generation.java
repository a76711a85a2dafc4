package io.claudeflux.internal.schema;

import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.MemberScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import com.github.victools.jsonschema.module.jackson.JacksonSchemaModule;
import io.claudeflux.error.ConfigurationException;
import io.claudeflux.message.Json;
import java.lang.reflect.Type;
import java.util.Comparator;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One schema being made, with a generator of its own: generators remember the classes they have seen, and one that
 * lives on would keep the class loaders of an application alive.
 */
final class Generation {
    private final JsonMapper mapper = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();
    private final JacksonView jackson = new JacksonView(mapper);

    Json schemaOf(Type type) {
        OptionPreset options = new OptionPreset(
                Option.PUBLIC_NONSTATIC_FIELDS,
                Option.NONPUBLIC_NONSTATIC_FIELDS_WITH_GETTERS,
                Option.NONPUBLIC_NONSTATIC_FIELDS_WITHOUT_GETTERS,
                Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT,
                Option.NULLABLE_ARRAY_ITEMS_ALLOWED,
                Option.NULLABLE_ALWAYS_AS_ANYOF,
                Option.INLINE_NULLABLE_SCHEMAS,
                Option.PLAIN_DEFINITION_KEYS,
                Option.ALLOF_CLEANUP_AT_THE_END,
                Option.DUPLICATE_MEMBER_ATTRIBUTE_CLEANUP_AT_THE_END);
        SchemaGeneratorConfigBuilder config =
                new SchemaGeneratorConfigBuilder(mapper, SchemaVersion.DRAFT_2020_12, options);
        config.with(
                new JacksonSchemaModule(JacksonOption.SKIP_SUBTYPE_LOOKUP, JacksonOption.IGNORE_TYPE_INFO_TRANSFORM));
        Refusals refusals = new Refusals();
        Families families = new Families(jackson, refusals);
        config.forTypesInGeneral()
                .withCustomDefinitionProvider(new TypeDefinitions(jackson, refusals))
                // The model writes in this order, so it is the one of the class.
                .withPropertySorter(Comparator.comparingInt(this::positionOf))
                .withSubtypeResolver(families)
                .withTypeAttributeOverride(families);
        config.forFields()
                .withCustomDefinitionProvider(refusals)
                .withRequiredCheck(field -> true)
                .withIgnoreCheck(field -> jackson.nameOf(field) == null)
                .withPropertyNameOverrideResolver(this::nameOf)
                .withNullableCheck(Nullness::isNullable);
        ObjectNode schema = new SchemaGenerator(config.build()).generateSchema(type);
        Tidying.tidy(schema);
        requireObject(type, schema);
        return Json.trusted(mapper.writeValueAsString(schema));
    }

    private static void requireObject(Type type, ObjectNode schema) {
        if (!"object".equals(schema.path("type").asString(""))) {
            throw new ConfigurationException(
                    "schema",
                    "no schema can be made: " + type.getTypeName() + " is not one kind of object, and the API asks for"
                            + " an object: use a record that has it as its component",
                    null);
        }
    }

    private int positionOf(MemberScope<?, ?> member) {
        return member instanceof FieldScope field ? jackson.positionOf(field) : Integer.MAX_VALUE;
    }

    private String nameOf(FieldScope field) {
        String name = jackson.nameOf(field);
        return name == null ? field.getDeclaredName() : name;
    }
}
