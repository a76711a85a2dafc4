package io.claudeflux.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.services.blocking.BetaService;
import com.anthropic.services.blocking.MessageService;
import io.claudeflux.ClaudeClient;
import io.claudeflux.fixture.Samples;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code .github/COMPARISON.md} says of the others' code. */
class ComparisonPeerTests {
    private static final Pattern SAMPLE =
            Pattern.compile("```java\\n(// (?:official SDK|Spring AI|WebClient)\\n.*?)```", Pattern.DOTALL);

    private static final String TEMPLATE = """
            import com.anthropic.client.*;
            import com.anthropic.client.okhttp.*;
            import com.anthropic.core.Timeout;
            import com.anthropic.core.http.*;
            import com.anthropic.models.messages.*;
            import java.time.*;
            import java.util.*;
            import org.springframework.ai.anthropic.*;
            import org.springframework.ai.chat.messages.UserMessage;
            import org.springframework.ai.tool.function.*;
            import org.springframework.core.ParameterizedTypeReference;
            import org.springframework.http.codec.ServerSentEvent;
            import org.springframework.web.reactive.function.client.WebClient;
            import reactor.core.publisher.*;
            import reactor.util.retry.Retry;
            import tools.jackson.databind.JsonNode;

            class Sample {
                record City(String name) {}

                void sample() {
                    %s
                }
            }
            """;

    static List<String> samples() throws IOException {
        return SAMPLE.matcher(Files.readString(Path.of(".github", "COMPARISON.md")))
                .results()
                .map(MatchResult::group)
                .map(block -> block.replaceAll("```(?:java)?", ""))
                .toList();
    }

    @Test
    void pageHasASampleOfEach() throws IOException {
        assertThat(samples()).hasSize(3);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void sampleCompiles(String sample, @TempDir Path classes) throws IOException {
        Samples.compile(TEMPLATE.formatted(sample), classes);
    }

    @Test
    void officialSdkHasMoreEndpoints() {
        assertThat(methods(AnthropicClient.class)).contains("messages", "models", "files");
        assertThat(methods(MessageService.class)).contains("batches");
        assertThat(methods(BetaService.class)).contains("agents", "sessions", "vaults", "memoryStores");
        assertThat(methods(ClaudeClient.class))
                .contains("messages", "models")
                .doesNotContain("batches", "files", "agents");
    }

    private static List<String> methods(Class<?> type) {
        return Stream.of(type.getMethods()).map(Method::getName).toList();
    }
}
