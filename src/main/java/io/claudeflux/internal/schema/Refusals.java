package io.claudeflux.internal.schema;

import com.fasterxml.classmate.ResolvedType;
import com.github.victools.jsonschema.generator.CustomPropertyDefinition;
import com.github.victools.jsonschema.generator.CustomPropertyDefinitionProvider;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import io.claudeflux.error.ConfigurationException;
import org.jspecify.annotations.Nullable;

/** The errors for types that have no schema, and the member at which each was met; fields are visited depth first. */
final class Refusals implements CustomPropertyDefinitionProvider<FieldScope> {
    private @Nullable String place;

    @Override
    public @Nullable CustomPropertyDefinition provideCustomSchemaDefinition(
            FieldScope field, SchemaGenerationContext context) {
        place = field.getDeclaringType().getErasedType().getSimpleName() + "." + field.getDeclaredName();
        return null;
    }

    ConfigurationException of(ResolvedType type, String sentence) {
        String at = place == null ? "" : " of " + place;
        return new ConfigurationException(
                "schema", "no schema can be made: " + type.getBriefDescription() + at + " " + sentence, null);
    }
}
