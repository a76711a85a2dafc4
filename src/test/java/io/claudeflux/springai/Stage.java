package io.claudeflux.springai;

import io.claudeflux.ClaudeClient;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.fixture.Canary;
import io.claudeflux.message.Json;
import io.claudeflux.simulator.ClaudeSimulator;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.model.tool.ToolCallingChatOptions;

/** A simulator, and a chat model on it. */
final class Stage implements AutoCloseable {
    static final Duration WAIT = Duration.ofSeconds(20);
    static final ToolCallingChatOptions OPTIONS = ToolCallingChatOptions.builder()
            .model("claude-sonnet-5-5")
            .maxTokens(1024)
            .build();

    final ClaudeSimulator claude = ClaudeSimulator.start();
    final ClaudeClient client = client(claude.baseUrl());
    final ClaudeFluxChatModel model = ClaudeFluxChatModel.of(client, OPTIONS);

    static ClaudeClient client(String baseUrl) {
        return ClaudeClient.builder()
                .apiKey(Canary.KEY)
                .baseUrl(baseUrl)
                .retry(RetryPolicy.none())
                .build();
    }

    /** The body of a request that the simulator got. */
    Json body(int request) {
        return claude.requests().get(request).body();
    }

    /** The turns of a request that the simulator got. */
    List<Json> turns(int request) {
        return body(request).get("messages").orElseThrow().elements();
    }

    static String text(ChatResponse response) {
        return Objects.requireNonNull(
                Objects.requireNonNull(response.getResult()).getOutput().getText());
    }

    static String finish(ChatResponse response) {
        return Objects.requireNonNull(
                Objects.requireNonNull(response.getResult()).getMetadata().getFinishReason());
    }

    @Override
    public void close() {
        client.close();
        claude.close();
    }
}
