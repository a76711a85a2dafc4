package io.claudeflux.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.claudeflux.message.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a schema allows and what is written and read are the same, for every kind of type. */
class AgreementTests {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final int INSTANCES = 200;

    static Stream<Class<? extends Record>> types() {
        return Samples.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("types")
    void whatIsWrittenFitsTheSchemaAndIsReadAsItWas(Class<? extends Record> type) {
        JsonSchema schema = JsonSchema.of(type);
        Schema judge = REGISTRY.getSchema(schema.json().text());
        RandomRecords random = new RandomRecords(type.getSimpleName().hashCode());
        for (int i = 0; i < INSTANCES; i++) {
            Record value = random.next(type);
            Json json = Json.of(value);

            assertThat(judge.validate(
                            json.text(),
                            InputFormat.JSON,
                            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true))))
                    .as(json.text())
                    .isEmpty();
            assertThat(schema.misfit(json)).as(json.text()).isEmpty();
            assertThat(json.as(type)).as(json.text()).isEqualTo(value);
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void noOtherKeywordIsUsedThanTheApiAccepts(Class<? extends Record> type) {
        JsonSchema schema = JsonSchema.of(type);

        assertThat(schema.check()).isEmpty();
        assertThat(keywords(schema.json().toMap(), new ArrayList<>()))
                .isSubsetOf(
                        "$defs",
                        "$ref",
                        "properties",
                        "anyOf",
                        "type",
                        "required",
                        "description",
                        "items",
                        "const",
                        "enum",
                        "additionalProperties",
                        "format");
        assertThat(schema.relaxed()).isEqualTo(schema);
    }

    @ParameterizedTest
    @MethodSource("types")
    void whatLacksAMemberOrHasAnotherTypeIsRefusedByBoth(Class<? extends Record> type) {
        JsonSchema schema = JsonSchema.of(type);
        Schema judge = REGISTRY.getSchema(schema.json().text());
        Json whole = Json.of(new RandomRecords(3).next(type));
        whole.toMap().keySet().forEach(name -> {
            Map<String, Object> less = whole.toMap();
            less.remove(name);
            assertThat(schema.misfit(Json.of(less))).contains("$." + name + " is missing");
            assertThat(judge.validate(Json.of(less).text(), InputFormat.JSON)).isNotEmpty();
            less.put(name, Map.of("is", "another"));
            assertThat(schema.misfit(Json.of(less))).isPresent();
            assertThat(judge.validate(Json.of(less).text(), InputFormat.JSON)).isNotEmpty();
        });
    }

    private static List<String> keywords(Map<?, ?> schema, List<String> found) {
        schema.keySet().forEach(keyword -> found.add(String.valueOf(keyword)));
        SchemaWalk.parts(schema).forEach(part -> keywords((Map<?, ?>) Objects.requireNonNull(part.schema()), found));
        return found;
    }
}
