package io.claudeflux.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.message.Json;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class JsonSchemaTests {
    record Line(String text, BigDecimal amount) {}

    record Invoice(String customer, LocalDate due, List<Line> lines, Optional<String> note) {}

    @Test
    void aRecordBecomesAClosedObjectOfItsComponentsInTheirOrder() {
        assertThat(JsonSchema.of(Invoice.class).json().text())
                .isEqualTo("{'type':'object','properties':{'customer':{'type':'string'},"
                        .concat("'due':{'type':'string','format':'date'},")
                        .concat("'lines':{'type':'array','items':{'type':'object','properties':")
                        .concat("{'text':{'type':'string'},'amount':{'type':'number'}},")
                        .concat("'required':['text','amount'],'additionalProperties':false}},")
                        .concat("'note':{'anyOf':[{'type':'string'},{'type':'null'}]}},")
                        .concat("'required':['customer','due','lines','note'],'additionalProperties':false}")
                        .replace('\'', '"'));
    }

    @Test
    void aSchemaWrittenByHandStaysAsItIs() {
        Json json = Json.of(Map.of("type", "object", "minProperties", 1));

        assertThat(JsonSchema.of(json).json()).isSameAs(json);
        assertThat(JsonSchema.of(json)).isEqualTo(JsonSchema.of(Json.parse(json.text())));
        assertThat(JsonSchema.of(json).hashCode()).isEqualTo(JsonSchema.of(json).hashCode());
        assertThat(JsonSchema.of(json)).hasToString("JsonSchema(" + json.text().length() + " chars)");
    }

    @Test
    void whatIsNoObjectIsNoSchema() {
        assertThatThrownBy(() -> JsonSchema.of(Json.parse("true")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a schema must be a JSON object");
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void choicesWithinChoicesCostNoMoreTheDeeperTheyNest() {
        String side = "{\"type\":\"object\",\"required\":[\"left\",\"op\"],\"properties\":"
                + "{\"left\":{\"$ref\":\"#/$defs/e\"},\"op\":{\"const\":\"%s\"}}}";
        JsonSchema sums = JsonSchema.of(Json.parse("{\"$ref\":\"#/$defs/e\",\"$defs\":{\"e\":{\"anyOf\":["
                + side.formatted("+") + "," + side.formatted("-") + ",{\"type\":\"integer\"}]}}}"));

        assertThat(sums.misfit(Json.parse(chain("-")))).isEmpty();
        assertThat(sums.misfit(Json.parse(chain("*")))).contains("$ fits none of its 3 choices");
    }

    private static String chain(String op) {
        return "{\"left\":".repeat(150) + "1" + (",\"op\":\"" + op + "\"}").repeat(150);
    }

    @Test
    void choicesInACircleDecideNothing() {
        JsonSchema circle = JsonSchema.of(Json.parse("{\"anyOf\":[{\"$ref\":\"#\"},{\"$ref\":\"#\"}]}"));

        assertThat(circle.misfit(Json.parse("{}"))).isEmpty();
    }
}
