package io.claudeflux.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import io.claudeflux.error.ConfigurationException;
import io.claudeflux.message.Json;
import io.claudeflux.schema.JsonSchema;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Calendar;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ClassSchemasTests {
    record HasMap(Map<String, Integer> counts) {}

    record HasAnything(Object any) {}

    record HasRawList(@SuppressWarnings("rawtypes") List any) {}

    record HasCalendar(Optional<Calendar> when) {}

    record HasJson(List<Json> parts) {}

    record HasAbstract(Animal animal) {}

    interface Animal {}

    record HasWrapped(Wrapped wrapped) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
    @JsonSubTypes(@JsonSubTypes.Type(One.class))
    sealed interface Wrapped {}

    record One(int number) implements Wrapped {}

    record HasUnwrapped(@JsonUnwrapped Inner inner, String own) {}

    record Inner(String text) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    sealed interface Choice {}

    record Yes(String reason) implements Choice {}

    record No(int code) implements Choice {}

    record HasChoice(Choice choice) {}

    static Stream<Arguments> typesWithoutASchema() {
        return Stream.of(
                Arguments.of(HasMap.class, "HasMap.counts has names that are not known beforehand"),
                Arguments.of(HasAnything.class, "java.lang.Object of HasAnything.any may be anything"),
                Arguments.of(HasRawList.class, "may be anything"),
                Arguments.of(HasCalendar.class, "java.util.Calendar of HasCalendar.when has no form"),
                Arguments.of(HasJson.class, "has no form that the API can be asked for"),
                Arguments.of(HasAbstract.class, "Animal of HasAbstract.animal is abstract"),
                Arguments.of(HasWrapped.class, "tells its class by other means than a property"),
                Arguments.of(HasUnwrapped.class, "that the API does not accept"),
                Arguments.of(Choice.class, "is not one kind of object"),
                Arguments.of(String.class, "java.lang.String is not one kind of object"),
                Arguments.of(int[].class, "is not one kind of object"),
                Arguments.of(Map.class, "has names that are not known beforehand"));
    }

    @ParameterizedTest
    @MethodSource("typesWithoutASchema")
    void whatTheApiCannotBeAskedForSaysWhereAndWhy(Type type, String words) {
        assertThatThrownBy(() -> JsonSchema.of(type))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(words)
                .satisfies(failure ->
                        assertThat(((ConfigurationException) failure).setting()).isEqualTo("schema"));
    }

    @Test
    void theClassesOfASealedInterfaceAreFoundByThemselves() {
        assertThat(schema(HasChoice.class))
                .contains("\"anyOf\":[", "\"is\":{\"type\":\"string\",\"const\":\"" + idOf(new Yes("x")) + "\"}");
        HasChoice value = new HasChoice(new No(3));
        assertThat(Json.of(value).as(HasChoice.class)).isEqualTo(value);
        assertThat(JsonSchema.of(HasChoice.class).misfit(Json.of(value))).isEmpty();
        assertThat(JsonSchema.of(HasChoice.class).misfit(Json.parse("{\"choice\":{\"code\":3}}")))
                .contains("$.choice fits none of its 2 choices");
    }

    private static String idOf(Yes value) {
        return Json.of(new HasChoice(value))
                .get("choice")
                .flatMap(choice -> choice.get("is"))
                .flatMap(Json::asString)
                .orElseThrow();
    }

    /** A class with getters and setters, as older code has them. */
    static class Bean extends Base {
        private String name = "";
        private long secret = 3;

        @JsonPropertyDescription("how much")
        @JsonProperty("amount")
        private long howMuch;

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public void reset() {
            secret = howMuch;
            howMuch = secret;
        }
    }

    static class Base {
        private @Nullable String remark;

        public @Nullable String getRemark() {
            return remark;
        }

        public void setRemark(@Nullable String remark) {
            this.remark = remark;
        }
    }

    @Test
    void aBeanHasThePropertiesThatAreReadIntoIt() {
        assertThat(Json.parse(schema(Bean.class))
                        .get("properties")
                        .orElseThrow()
                        .members())
                .containsOnlyKeys("name", "amount", "remark")
                .containsEntry("amount", Json.parse("{\"type\":\"integer\",\"description\":\"how much\"}"))
                .containsEntry("remark", Json.parse("{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]}"));
        assertThat(Json.parse("{\"name\":\"a\",\"amount\":7,\"remark\":null}")
                        .as(Bean.class)
                        .getName())
                .isEqualTo("a");
    }

    @JsonClassDescription("of the whole")
    record Described(
            @JsonPropertyDescription("of the property") Part part,
            @JsonPropertyDescription("how long") Duration time,
            @JsonPropertyDescription("when") LocalDateTime when) {}

    @JsonClassDescription("of the type")
    record Part(Code code) {}

    record Code(@JsonValue String value) {}

    @Test
    void descriptionsOfAPropertyAndItsTypeAreBothKept() {
        assertThat(schema(Described.class))
                .contains(
                        "\"description\":\"of the whole\"",
                        "\"description\":\"of the property; of the type\"",
                        "\"description\":\"how long; in days, hours, minutes and seconds, such as P1DT2H30M\"",
                        "\"description\":\"when; date and time without an offset, such as 2026-11-21T10:15:30\"",
                        "\"code\":{\"type\":\"string\"}");
    }

    @Test
    void typeArgumentsAreFollowed() throws Exception {
        record Page<T>(List<T> items) {}
        record Holder(Page<Inner> page) {}
        Type page = Holder.class.getRecordComponents()[0].getGenericType();

        assertThat(JsonSchema.of(page).json().text()).contains("\"text\":{\"type\":\"string\"}");
        assertThatThrownBy(() -> JsonSchema.of(Page.class)).hasMessageContaining("may be anything");
    }

    @Test
    void theVersionItAsksForIsTheOneOfTheBuild() throws IOException {
        assertThat(Files.readString(Path.of("pom.xml")))
                .contains("<jsonschema-generator.version>" + ClassSchemas.VERSION + "<");
    }

    private static String schema(Class<?> type) {
        return JsonSchema.of(type).json().text();
    }
}
