package io.claudeflux.speed.client;

import io.claudeflux.CallListener;
import io.claudeflux.ClaudeClient;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.config.Timeouts;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.stream.ContentBlockDelta;
import io.claudeflux.stream.InputJsonDelta;
import io.claudeflux.stream.StreamEvent;
import io.claudeflux.stream.TextDelta;
import io.claudeflux.stream.ThinkingDelta;
import java.time.Duration;

/** This client, as it is or with one thing switched off. */
final class FluxClient implements StreamClient {
    private static final MessageRequest REQUEST = MessageRequest.builder()
            .model("claude-sonnet-5-5")
            .maxTokens(1024)
            .user("Hello")
            .build();
    private static final int DEFAULT_PERMITS = 256;
    private static final Timeouts NO_CLOCKS = Timeouts.defaults()
            .withFirstByte(Duration.ZERO)
            .withIdle(Duration.ZERO)
            .withProgress(Duration.ZERO)
            .withTotal(Duration.ZERO);

    private final ClaudeClient client;

    FluxClient(String baseUrl, int streams, String change) {
        ClaudeClient.Builder builder = ClaudeClient.builder().apiKey("speed").baseUrl(baseUrl);
        if (streams > DEFAULT_PERMITS) {
            // The loops are at their limit while the last ones connect; Reactor Netty alone gives them 30 s.
            builder.maxConcurrentRequests(streams).timeouts(Timeouts.defaults().withConnect(Duration.ofSeconds(60)));
        }
        this.client = changed(builder, change).build();
    }

    private static ClaudeClient.Builder changed(ClaudeClient.Builder builder, String change) {
        return switch (change) {
            case "" -> builder;
            case "no-retries" -> builder.retry(RetryPolicy.none());
            case "wide-permits" ->
                builder.maxConcurrentRequests(100_000).maxQueuedRequests(0).coolDown(false);
            case "no-clocks" -> builder.timeouts(NO_CLOCKS);
            case "no-preflight" -> builder.preflight(false);
            case "total-clock" -> builder.timeouts(Timeouts.defaults().withTotal(Duration.ofMinutes(10)));
            case "listener" -> builder.listener(new CallListener() {});
            default -> throw new IllegalArgumentException("No such change: " + change);
        };
    }

    @Override
    public void open(OpenStream stream) {
        client.messages().stream(REQUEST).subscribe(event -> count(event, stream), stream::failed, stream::completed);
    }

    private static void count(StreamEvent event, OpenStream stream) {
        if (event instanceof ContentBlockDelta block) {
            if (block.delta() instanceof TextDelta delta) {
                stream.text(delta.text());
            } else if (block.delta() instanceof ThinkingDelta delta) {
                stream.text(delta.thinking());
            } else if (block.delta() instanceof InputJsonDelta delta) {
                stream.text(delta.partialJson());
            }
        }
    }
}
