package io.claudeflux.speed.client;

import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;

/** The streaming model of LangChain4j, with its defaults: the JDK's client underneath. */
final class LangChain4jClient implements StreamClient {
    private final StreamingChatModel model;

    LangChain4jClient(String baseUrl) {
        model = AnthropicStreamingChatModel.builder()
                .apiKey("speed")
                .baseUrl(baseUrl + "/v1")
                .modelName("claude-sonnet-5-5")
                .maxTokens(1024)
                .build();
    }

    @Override
    public void open(OpenStream stream) {
        model.chat("Hello", new Handler(stream));
    }

    private record Handler(OpenStream stream) implements StreamingChatResponseHandler {
        @Override
        public void onPartialResponse(String text) {
            stream.text(text);
        }

        @Override
        public void onCompleteResponse(ChatResponse answer) {
            stream.completed();
        }

        @Override
        public void onError(Throwable failure) {
            stream.failed(failure);
        }
    }
}
