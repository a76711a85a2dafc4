package io.claudeflux.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;

/** Notes the end elsewhere, and throws what counts as fatal, at whatever it is told but text. */
record Complaining(StreamingChatResponseHandler seen) implements StreamingChatResponseHandler {
    @Override
    public void onPartialResponse(String piece) {}

    @Override
    public void onCompleteToolCall(CompleteToolCall call) {
        throw new NoClassDefFoundError("broken on purpose");
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        seen.onCompleteResponse(response);
        throw new NoClassDefFoundError("broken on purpose");
    }

    @Override
    public void onError(Throwable error) {
        seen.onError(error);
        throw new NoClassDefFoundError("broken on purpose");
    }
}
