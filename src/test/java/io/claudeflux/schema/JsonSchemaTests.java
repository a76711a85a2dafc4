package io.claudeflux.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.message.Json;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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
}
