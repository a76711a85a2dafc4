package io.claudeflux.peers;

import com.anthropic.client.AnthropicClientAsync;
import com.anthropic.client.okhttp.AnthropicOkHttpClientAsync;
import com.anthropic.core.Timeout;
import com.anthropic.core.http.AsyncStreamResponse;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawContentBlockDelta;
import com.anthropic.models.messages.RawContentBlockDeltaEvent;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.TextDelta;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/** The official SDK by its asynchronous door, bridged to a Flux as its users have to. */
final class OfficialSdkPeer implements PeerClient {
    private static final MessageCreateParams REQUEST = MessageCreateParams.builder()
            .model(PeerSettings.MODEL)
            .maxTokens(64)
            .addUserMessage(PeerSettings.PROMPT)
            .build();

    private final AnthropicClientAsync client;

    OfficialSdkPeer(PeerSettings settings) {
        AnthropicOkHttpClientAsync.Builder builder =
                AnthropicOkHttpClientAsync.builder().apiKey(settings.apiKey()).baseUrl(settings.baseUrl());
        if (settings.readTimeout() != null) {
            builder.timeout(Timeout.builder().read(settings.readTimeout()).build());
        }
        client = builder.build();
    }

    @Override
    public Flux<String> text() {
        return Flux.<RawMessageStreamEvent>create(sink -> {
                    AsyncStreamResponse<RawMessageStreamEvent> stream =
                            client.messages().createStreaming(REQUEST);
                    sink.onDispose(stream::close);
                    stream.subscribe(new ToSink(sink));
                })
                .mapNotNull(event -> event.contentBlockDelta()
                        .map(RawContentBlockDeltaEvent::delta)
                        .flatMap(RawContentBlockDelta::text)
                        .map(TextDelta::text)
                        .orElse(null));
    }

    @Override
    public void close() {
        client.close();
    }

    @Override
    public String toString() {
        return client.toString();
    }

    private record ToSink(FluxSink<RawMessageStreamEvent> sink)
            implements AsyncStreamResponse.Handler<RawMessageStreamEvent> {
        @Override
        public void onNext(RawMessageStreamEvent event) {
            sink.next(event);
        }

        @Override
        public void onComplete(Optional<Throwable> error) {
            error.ifPresentOrElse(sink::error, sink::complete);
        }
    }
}
