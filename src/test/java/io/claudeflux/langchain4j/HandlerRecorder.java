package io.claudeflux.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.claudeflux.fixture.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A handler that notes what it is told, and does something about each piece of text. */
final class HandlerRecorder implements StreamingChatResponseHandler {
    private static final Duration SOON = Duration.ofSeconds(10);

    final List<String> pieces = new CopyOnWriteArrayList<>();
    final List<Object> others = new CopyOnWriteArrayList<>();
    final List<Object> terminals = new CopyOnWriteArrayList<>();
    private final Consumer<StreamingHandle> reaction;
    volatile @Nullable StreamingHandle handle;

    HandlerRecorder(Consumer<StreamingHandle> reaction) {
        this.reaction = reaction;
    }

    HandlerRecorder() {
        this(handle -> {});
    }

    @Override
    public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
        pieces.add(piece.text());
        handle = context.streamingHandle();
        reaction.accept(context.streamingHandle());
    }

    @Override
    public void onCompleteToolCall(CompleteToolCall call) {
        others.add(call);
    }

    @Override
    public void onUnmappedRawEvent(Object event) {
        others.add(event);
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        terminals.add(response);
    }

    @Override
    public void onError(Throwable error) {
        terminals.add(error);
    }

    /** What it was told last, once it was told it; fails the test if it is told more than that. */
    <T> T end(Class<T> type) {
        Await.untilOrFail("the end", SOON, () -> !terminals.isEmpty());
        if (terminals.size() > 1 || !type.isInstance(terminals.get(0))) {
            throw new AssertionError("Not one " + type.getSimpleName() + " but " + terminals);
        }
        return type.cast(terminals.get(0));
    }
}
