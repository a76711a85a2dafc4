package io.claudeflux.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.error.ConfigurationException;
import io.claudeflux.message.Json;
import io.claudeflux.schema.JsonSchema;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

/** What a model leaves out of the input of a tool. */
class MissingInputTests {
    private static final Duration WAIT = Duration.ofSeconds(10);

    /** Part of an input. */
    record Line(String text, Optional<String> note) {}

    /** A part that refers to itself. */
    record Branch(String name, List<Branch> branches) {}

    /** A whole input. */
    record Order(String customer, List<Line> lines, Optional<Line> extra, Optional<Branch> tree) {}

    /** With an optional that a method cannot have. */
    static class Optionals {
        @ToolMethod(description = "optional")
        String optional(@ToolParam(name = "note") Optional<String> note) {
            return note.orElse("");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                                                                   | customer",
                "{'customer':null,'lines':[]}                                                         | customer",
                "{'customer':'a'}                                                                     | lines",
                "{'customer':'a','lines':[{'text':'x'},{'note':'y'}]}                                 | lines[1].text",
                "{'customer':'a','lines':[],'extra':{}}                                               | extra.text",
                "{'customer':'a','lines':[],'tree':{'name':'x','branches':[{'branches':[]}]}}         | tree.branches[0].name",
            })
    void whatIsMissingIsToldAndTheToolIsNotRun(String input, String place) {
        ClientTool tool = ClientTool.of("order", "Orders.", Order.class, order -> Mono.just("ran"));
        ClientTool blocking = ClientTool.blocking("order", "Orders.", Order.class, order -> "ran");

        for (ClientTool either : List.of(tool, blocking)) {
            Attempt<ToolResult> attempt = either.call(Json.parse(input.replace('\'', '"')))
                    .blockOptional(WAIT)
                    .orElseThrow();
            assertThat(attempt.failure())
                    .isInstanceOf(ToolException.class)
                    .hasMessage("The input does not fit the schema of this tool, so it was not run: " + place
                            + " is missing.");
        }
    }

    @Test
    void whatMayBeNullMayBeLeftOut() {
        ClientTool tool = ClientTool.of(
                "order",
                "Orders.",
                Order.class,
                order -> Mono.just(order.extra().isPresent() + " "
                        + order.lines().get(0).note().isPresent()));
        Json input = Json.parse("{\"customer\":\"a\",\"lines\":[{\"text\":\"x\"}],\"more\":1}");

        assertThat(tool.call(input).blockOptional(WAIT).orElseThrow().value())
                .isEqualTo(ToolResult.text("false false"));
        assertThat(JsonSchema.of(Order.class).missing(input)).isEmpty();
        assertThat(JsonSchema.of(Order.class).misfit(input)).isPresent();
    }

    @Test
    void optionalParameterIsRefusedWithTheWayToSayIt() {
        assertThatThrownBy(() -> ClientTool.methodsOf(new Optionals()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("@ToolParam(required = false)");
    }
}
