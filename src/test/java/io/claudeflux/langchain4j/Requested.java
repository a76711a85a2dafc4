package io.claudeflux.langchain4j;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;

/** Requests in few words. */
final class Requested {
    private Requested() {}

    static ChatRequest user(String text) {
        return of(UserMessage.from(text));
    }

    static ChatRequest of(ChatMessage... messages) {
        return ChatRequest.builder().messages(messages).build();
    }
}
