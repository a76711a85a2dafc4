package io.claudeflux.tool;

import static io.claudeflux.tool.Stage.WAIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.error.ConfigurationException;
import io.claudeflux.message.CustomTool;
import io.claudeflux.message.Json;
import io.claudeflux.message.TextBlock;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;

class ToolMethodsTests {
    /** The whole input of a tool. */
    record City(String name) {}

    /** A word the model picks. */
    enum Unit {
        METRIC,
        IMPERIAL
    }

    /** Tools as an application writes them. */
    static class Shop {
        @ToolMethod(name = "get_weather", description = "The weather.")
        Mono<String> weather(City city) {
            return Mono.just("sunny in " + city.name());
        }

        @ToolMethod(description = "Pieces in stock.")
        int stock(
                @ToolParam(name = "article", description = "its number") String article,
                @ToolParam(name = "sizes") List<Integer> sizes,
                @ToolParam(name = "unit", required = false) @Nullable Unit unit) {
            return article.length() + sizes.get(0) + (unit == Unit.IMPERIAL ? 100 : 0);
        }

        @ToolMethod(description = "Later.")
        CompletionStage<BigDecimal> later(@ToolParam(name = "on") LocalDate on) {
            return CompletableFuture.completedFuture(BigDecimal.valueOf(on.getYear()));
        }

        @ToolMethod(description = "Which thread.")
        String thread() {
            return Thread.currentThread().getName();
        }

        @ToolMethod(description = "Which thread.", nonBlocking = true)
        String here() {
            return Thread.currentThread().getName();
        }

        @ToolMethod(description = "Fails.")
        void fails() throws IOException {
            throw new IOException("no");
        }

        void unmarked() {}
    }

    private static ClientTool tool(Object bean, String name) {
        return ClientTool.methodsOf(bean).stream()
                .filter(tool -> tool.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String call(String name, String input) {
        Attempt<ToolResult> attempt = tool(new Shop(), name)
                .call(Json.parse(input))
                .blockOptional(WAIT)
                .orElseThrow();
        if (attempt.failure() != null) {
            throw Exceptions.propagate(attempt.failure());
        }
        ToolResult result = attempt.value();
        return result == null || result.content().isEmpty()
                ? ""
                : ((TextBlock) result.content().get(0)).text();
    }

    @Test
    void markedMethodsBecomeToolsInTheOrderOfTheirNames() {
        assertThat(ClientTool.methodsOf(new Shop()))
                .extracting(ClientTool::name)
                .containsExactly("fails", "get_weather", "here", "later", "stock", "thread");
    }

    @Test
    void oneRecordIsTheWholeInput() {
        assertThat(call("get_weather", "{\"name\":\"Brest\"}")).isEqualTo("sunny in Brest");
    }

    @Test
    void simpleParametersAreMembersOfTheInput() {
        Json schema = ((CustomTool) tool(new Shop(), "stock").definition()).inputSchema();

        assertThat(schema).isEqualTo(Json.parse("""
                {"type": "object",
                 "properties": {
                   "article": {"type": "string", "description": "its number"},
                   "sizes": {"type": "array", "items": {"type": "integer"}},
                   "unit": {"type": "string", "enum": ["METRIC", "IMPERIAL"]}},
                 "required": ["article", "sizes"],
                 "additionalProperties": false}
                """));
        assertThat(call("stock", "{\"article\":\"abc\",\"sizes\":[4]}")).isEqualTo("7");
        assertThat(call("stock", "{\"article\":\"abc\",\"sizes\":[4],\"unit\":\"IMPERIAL\"}"))
                .isEqualTo("107");
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void misfitNamesTheParameterAndQuotesNothing(String input, String place) {
        assertThatThrownBy(() -> call("stock", input))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining(place)
                .message()
                .doesNotContain("SECRET");
    }

    static Stream<Arguments> misfits() {
        return Stream.of(
                Arguments.of("{\"sizes\":[1]}", "article"),
                Arguments.of("{\"article\":null,\"sizes\":[1]}", "article"),
                Arguments.of("{\"article\":\"a\",\"sizes\":\"SECRET\"}", "sizes"),
                Arguments.of("{\"article\":\"a\",\"sizes\":[1,\"SECRET\"]}", "sizes[1]"),
                Arguments.of("{\"article\":\"a\",\"sizes\":[1],\"unit\":\"SECRET\"}", "unit"));
    }

    @Test
    void stageIsAwaitedWithoutBlocking() {
        assertThat(call("later", "{\"on\":\"2026-11-21\"}")).isEqualTo("2026");
    }

    @Test
    void methodWithAPlainValueRunsWhereItMayBlock() {
        assertThat(call("thread", "{}")).startsWith("boundedElastic");
        assertThat(call("here", "{}")).isEqualTo(Thread.currentThread().getName());
    }

    @Test
    void checkedExceptionOfAMethodIsTheFailure() {
        assertThatThrownBy(() -> call("fails", "{}")).hasRootCauseInstanceOf(IOException.class);
    }

    /** The marks of an interface. */
    interface Clock {
        @ToolMethod(description = "The time.")
        default String time() {
            return "noon";
        }
    }

    @Test
    void marksOfSuperclassesAndInterfacesCount() {
        assertThat(ClientTool.methodsOf(new Shop() {})).hasSize(6);
        assertThat(ClientTool.methodsOf(new Clock() {}))
                .extracting(ClientTool::name)
                .containsExactly("time");
        Object proxy = Proxy.newProxyInstance(
                Clock.class.getClassLoader(), new Class<?>[] {Clock.class}, (self, method, arguments) -> "midnight");
        ToolResult result = tool(proxy, "time")
                .call(Json.emptyObject())
                .blockOptional(WAIT)
                .orElseThrow()
                .value();
        assertThat(result).isEqualTo(ToolResult.text("midnight"));
    }

    @ParameterizedTest
    @MethodSource("io.claudeflux.tool.BrokenTools#all")
    void whatCannotBeAToolIsRefusedWithItsReason(Object bean) {
        assertThatThrownBy(() -> ClientTool.methodsOf(bean))
                .isInstanceOf(ConfigurationException.class)
                .message()
                .isNotBlank();
    }

    @Test
    void parameterWithoutANameIsRefusedUnlessItWasCompiledWithOne() throws Exception {
        Object bean = new BrokenTools.Unnamed();
        boolean hasNames = bean.getClass()
                .getDeclaredMethod("unnamed", int.class)
                .getParameters()[0]
                .isNamePresent();
        if (hasNames) {
            assertThat(ClientTool.methodsOf(bean)).hasSize(1);
        } else {
            assertThatThrownBy(() -> ClientTool.methodsOf(bean))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("-parameters");
        }
    }
}
