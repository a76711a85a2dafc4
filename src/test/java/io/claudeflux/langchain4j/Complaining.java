package io.claudeflux.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;

/** Notes the end elsewhere, and throws. */
record Complaining(StreamingChatResponseHandler seen) implements StreamingChatResponseHandler {
    @Override
    public void onPartialResponse(String piece) {}

    @Override
    public void onCompleteResponse(ChatResponse response) {
        seen.onCompleteResponse(response);
        throw new IllegalStateException("broken on purpose");
    }

    @Override
    public void onError(Throwable error) {
        seen.onError(error);
        throw new IllegalStateException("broken on purpose");
    }
}
