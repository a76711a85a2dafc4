package io.claudeflux.speed.client;

import com.anthropic.client.AnthropicClientAsync;
import com.anthropic.client.okhttp.AnthropicOkHttpClientAsync;
import com.anthropic.core.http.AsyncStreamResponse;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawContentBlockDelta;
import com.anthropic.models.messages.RawContentBlockDeltaEvent;
import com.anthropic.models.messages.RawMessageStreamEvent;
import java.util.Optional;

/** The official SDK by its asynchronous door, with its defaults. */
final class SdkClient implements StreamClient {
    private static final MessageCreateParams REQUEST = MessageCreateParams.builder()
            .model("claude-sonnet-5-5")
            .maxTokens(1024)
            .addUserMessage("Hello")
            .build();

    private final AnthropicClientAsync client;

    SdkClient(String baseUrl) {
        client = AnthropicOkHttpClientAsync.builder()
                .apiKey("speed")
                .baseUrl(baseUrl)
                .build();
    }

    @Override
    public void open(OpenStream stream) {
        client.messages().createStreaming(REQUEST).subscribe(new Handler(stream));
    }

    private record Handler(OpenStream stream) implements AsyncStreamResponse.Handler<RawMessageStreamEvent> {
        @Override
        public void onNext(RawMessageStreamEvent event) {
            event.contentBlockDelta()
                    .map(RawContentBlockDeltaEvent::delta)
                    .flatMap(RawContentBlockDelta::text)
                    .ifPresent(delta -> stream.text(delta.text()));
        }

        @Override
        public void onComplete(Optional<Throwable> error) {
            error.ifPresentOrElse(stream::failed, stream::completed);
        }
    }
}
