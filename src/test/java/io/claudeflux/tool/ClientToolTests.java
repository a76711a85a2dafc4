package io.claudeflux.tool;

import static io.claudeflux.tool.Stage.SCHEMA;
import static io.claudeflux.tool.Stage.WAIT;
import static io.claudeflux.tool.Stage.word;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.error.ConfigurationException;
import io.claudeflux.message.BashTool;
import io.claudeflux.message.CacheControl;
import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.CustomTool;
import io.claudeflux.message.Json;
import io.claudeflux.message.StopReason;
import io.claudeflux.message.TextBlock;
import io.claudeflux.message.UnknownTool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

class ClientToolTests {
    /** What a tool takes. */
    record City(String name, int days) {}

    private static String text(ToolResult result) {
        return ((TextBlock) result.content().get(0)).text();
    }

    @Test
    void schemaIsMadeFromTheClassOfTheInput() {
        ClientTool tool = ClientTool.of("get_weather", "The weather.", City.class, city -> Mono.just(city.name()));

        CustomTool definition = (CustomTool) tool.definition();
        assertThat(definition.description()).isEqualTo("The weather.");
        assertThat(definition.inputSchema().get("properties").orElseThrow().members())
                .containsOnlyKeys("name", "days");
        assertThat(word(definition.inputSchema(), "type")).isEqualTo("object");
        assertThat(result(tool, "{\"name\":\"Brest\",\"days\":2}")).isEqualTo(ToolResult.text("Brest"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "ümlaut", "a.b"})
    void nameThatCannotBeOneIsRefusedAtOnce(String name) {
        assertThatThrownBy(() -> ClientTool.of(name, "d", SCHEMA, input -> Mono.empty()))
                .isInstanceOf(ConfigurationException.class);
    }

    @Test
    void namesHave128CharactersAtMost() {
        assertThat(ClientTool.of("a".repeat(128), "d", SCHEMA, input -> Mono.empty())
                        .name())
                .hasSize(128);
        assertThatThrownBy(() -> ClientTool.of("a".repeat(129), "d", SCHEMA, input -> Mono.empty()))
                .isInstanceOf(ConfigurationException.class);
    }

    @Test
    void optionsOfTheDefinitionAreSent() {
        ClientTool tool = ClientTool.blocking("t", "d", SCHEMA, input -> 1)
                .withStrict(true)
                .withDeferLoading(true)
                .withCacheControl(CacheControl.oneHour());

        Json sent = Json.of(tool.definition());
        assertThat(sent.get("strict").map(Json::text)).contains("true");
        assertThat(sent.get("defer_loading").map(Json::text)).contains("true");
        assertThat(sent.get("cache_control")).contains(Json.parse("{\"type\":\"ephemeral\",\"ttl\":\"1h\"}"));
        assertThat(sent.get("input_schema")).contains(SCHEMA);
        assertThat(tool.definition()).isInstanceOf(CustomTool.class);
        assertThat(Json.of(tool.withCacheControl(null).definition()).get("cache_control"))
                .isEmpty();
    }

    @Test
    void toolOfTheApiMayHaveAFunctionOfTheApplication() {
        BashTool bash = BashTool.latest();
        ClientTool tool = ClientTool.blocking(bash, input -> "ran " + word(input, "command"));

        assertThat(tool.name()).isEqualTo("bash");
        assertThat(tool.definition()).isEqualTo(bash);
        assertThat(tool.withDeferLoading(true).definition()).isEqualTo(bash.withDeferLoading(true));
        assertThat(result(tool, "{\"command\":\"ls\"}")).isEqualTo(ToolResult.text("ran ls"));
    }

    @Test
    void toolThatThisVersionDoesNotKnowIsDefinedWhole() {
        UnknownTool tomorrow = UnknownTool.of(Json.parse("{\"type\":\"drill_20300101\",\"name\":\"drill\"}"));
        ClientTool tool = ClientTool.of(tomorrow, input -> Mono.empty());

        assertThat(tool.name()).isEqualTo("drill");
        assertThatThrownBy(() -> tool.withStrict(true)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void limitsAreChecked() {
        ClientTool tool = ClientTool.blocking("t", "d", SCHEMA, input -> 1);
        assertThat(tool.timeout()).isEmpty();
        assertThat(tool.withTimeout(Duration.ZERO).timeout()).contains(Duration.ZERO);
        assertThatIllegalArgumentException().isThrownBy(() -> tool.withTimeout(Duration.ofSeconds(-1)));
        ToolRunner runner = ToolRunner.of(request -> Stage.answer(StopReason.END_TURN), List.of());
        assertThatIllegalArgumentException().isThrownBy(() -> runner.withMaxRounds(0));
        assertThatIllegalArgumentException().isThrownBy(() -> runner.withParallelism(0));
        assertThatIllegalArgumentException().isThrownBy(() -> runner.withTimeout(Duration.ofDays(2)));
    }

    @Test
    void valuesOfAllKindsBecomeResults() {
        assertThat(text(ToolResult.from("plain"))).isEqualTo("plain");
        assertThat(text(ToolResult.from(Map.of("a", 1)))).isEqualTo("{\"a\":1}");
        assertThat(text(ToolResult.from(Json.parse("[1, 2]")))).isEqualTo("[1, 2]");
        assertThat(text(ToolResult.from(new City("Brest", 2)))).isEqualTo("{\"name\":\"Brest\",\"days\":2}");
        assertThat(text(ToolResult.from(7L))).isEqualTo("7");
        assertThat(ToolResult.from(null)).isEqualTo(ToolResult.empty());
        assertThat(ToolResult.from(" ")).isEqualTo(ToolResult.empty());
        ContentBlock block = new TextBlock("block");
        assertThat(ToolResult.from(block).content()).containsExactly(block);
        assertThat(ToolResult.from(List.of(block, block)).content()).hasSize(2);
        assertThat(text(ToolResult.from(List.of()))).isEqualTo("[]");
        assertThat(ToolResult.from(ToolResult.error("no")).isError()).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> ToolResult.from(new Object()));
    }

    @Test
    void errorAlwaysSaysSomething() {
        assertThat(ToolResult.error("").content()).hasSize(1);
        assertThat(new ToolResult(List.of(), true).content()).hasSize(1);
        assertThat(ToolResult.error("why").toString()).doesNotContain("why");
    }

    @Test
    void emptyMonoIsAnEmptyResult() {
        ClientTool tool = ClientTool.of("t", "d", SCHEMA, input -> Mono.empty());
        assertThat(result(tool, "{}")).isEqualTo(ToolResult.empty());
    }

    private static @Nullable ToolResult result(ClientTool tool, String input) {
        return tool.call(Json.parse(input)).blockOptional(WAIT).orElseThrow().value();
    }
}
