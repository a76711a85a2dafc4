package io.claudeflux.readme;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.ClaudeClient;
import io.claudeflux.fixture.Samples;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.simulator.ClaudeSimulator;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReadmeTests {
    private static final Path README = Path.of("README.md");
    private static final Path RECIPES = Path.of(".github", "RECIPES.md");
    private static final Path COMPARISON = Path.of(".github", "COMPARISON.md");
    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

    /** Samples may use these names; what a sample declares itself hides them. */
    private static final String TEMPLATE = """
            import io.claudeflux.*;
            import io.claudeflux.config.*;
            import io.claudeflux.error.*;
            import io.claudeflux.message.*;
            import io.claudeflux.catalog.*;
            import io.claudeflux.langchain4j.*;
            import io.claudeflux.mcp.*;
            import io.claudeflux.micrometer.*;
            import io.claudeflux.schema.*;
            import io.claudeflux.simulator.*;
            import io.claudeflux.springai.*;
            import io.claudeflux.stream.*;
            import io.claudeflux.tool.*;
            import io.github.resilience4j.circuitbreaker.*;
            import io.github.resilience4j.reactor.circuitbreaker.operator.*;
            import dev.langchain4j.model.chat.StreamingChatModel;
            import io.micrometer.core.instrument.MeterRegistry;
            import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
            import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
            import io.micrometer.observation.ObservationRegistry;
            import io.modelcontextprotocol.client.McpAsyncClient;
            import java.math.BigDecimal;
            import org.springframework.ai.chat.model.ChatModel;
            import org.springframework.ai.model.tool.ToolCallingChatOptions;
            import org.springframework.http.codec.ServerSentEvent;
            import org.springframework.web.bind.annotation.*;
            import java.time.*;
            import java.util.*;
            import java.util.function.*;
            import reactor.core.publisher.*;

            public class Sample {
                static ClaudeClient claude;
                static ClaudeClient other;
                static MessageRequest request;

                public static void run(ClaudeClient client, MessageRequest asked) throws Exception {
                    claude = client;
                    other = client;
                    request = asked;
                    sample();
                }

                private static void sample() throws Exception {
                    %s
                }
            }
            """;

    static List<String> samples() throws IOException {
        List<String> samples = samples(README);
        samples.addAll(samples(RECIPES));
        // The others need the libraries of the peers profile, which compiles them.
        samples(COMPARISON).stream()
                .filter(sample -> sample.startsWith("// claude-flux\n"))
                .forEach(samples::add);
        return samples;
    }

    private static List<String> samples(Path page) throws IOException {
        List<String> samples = new ArrayList<>();
        Matcher blocks = JAVA_BLOCK.matcher(Files.readString(page));
        while (blocks.find()) {
            samples.add(blocks.group(1));
        }
        return samples;
    }

    @Test
    void readmeHasSamplesAndFitsAFewScreens() throws IOException {
        assertThat(samples(README)).hasSizeGreaterThanOrEqualTo(4);
        assertThat(Files.readAllLines(README)).hasSizeLessThanOrEqualTo(200);
    }

    @Test
    void everyRowOfTheComparisonNamesATestThatIsThere() throws IOException {
        String page = Files.readString(COMPARISON);
        Matcher named = Pattern.compile("`(\\w+PeerTests)(?:#(\\w+))?`").matcher(page);
        Path peers = Path.of("src", "peers", "java", "io", "claudeflux", "peers");

        int rows = 0;
        for (; named.find(); rows++) {
            String method = named.group(2) == null ? "" : "void " + named.group(2) + "(";
            assertThat(Files.readString(peers.resolve(named.group(1) + ".java")))
                    .contains(method);
        }
        assertThat(rows).isGreaterThan(20);
        assertThat(page.lines()).hasSizeLessThanOrEqualTo(150);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void sampleCompilesAndRunsAgainstTheSimulator(String sample, @TempDir Path classes) throws Exception {
        String runnable =
                sample.replace("ClaudeClient.create()", "Sample.claude").replace("sk-ant-...", "test");
        Samples.compile(TEMPLATE.formatted(runnable), classes);
        try (ClaudeSimulator simulator = ClaudeSimulator.start();
                ClaudeClient claude = ClaudeClient.builder()
                        .apiKey("test")
                        .baseUrl(simulator.baseUrl())
                        .build();
                URLClassLoader loader = new URLClassLoader(
                        new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            MessageRequest request = MessageRequest.builder()
                    .model("claude-sonnet-5-5")
                    .maxTokens(64)
                    .user("Hello")
                    .build();
            Method run = loader.loadClass("Sample").getMethod("run", ClaudeClient.class, MessageRequest.class);
            run.invoke(null, claude, request);
        }
    }
}
