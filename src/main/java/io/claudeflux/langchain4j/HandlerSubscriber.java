package io.claudeflux.langchain4j;

import dev.langchain4j.model.chat.response.ChatModelStreamingEvent;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.RawStreamingEvent;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * Tells a handler of LangChain4j what comes. Subscribes by hand: the handler's contract has nobody who could subscribe
 * later, and no demand. The whole response is told once the publisher has completed, so that nothing can come behind
 * it.
 */
final class HandlerSubscriber extends BaseSubscriber<ChatModelStreamingEvent> implements StreamingHandle {
    private final StreamingChatResponseHandler handler;
    /** Signals come one at a time. */
    private @Nullable ChatResponse response;

    private volatile boolean isCancelled;

    private HandlerSubscriber(StreamingChatResponseHandler handler) {
        this.handler = handler;
    }

    static void subscribe(Flux<ChatModelStreamingEvent> events, StreamingChatResponseHandler handler) {
        events.subscribe(new HandlerSubscriber(handler));
    }

    /** An error of the handler, one of the JVM included, must not be thrown into an event loop. */
    @Override
    protected void hookOnNext(ChatModelStreamingEvent event) {
        if (isCancelled) {
            return;
        }
        try {
            tell(event);
        } catch (Throwable thrown) {
            boolean wasCancelled = isCancelled;
            cancel();
            if (wasCancelled) {
                Operators.onErrorDropped(thrown, currentContext()); // nobody listens any more but the log
            } else {
                complain(thrown);
            }
        }
    }

    private void complain(Throwable thrown) {
        try {
            handler.onError(thrown);
        } catch (Throwable again) {
            Operators.onErrorDropped(again, currentContext());
        }
    }

    private void tell(ChatModelStreamingEvent event) {
        if (event instanceof PartialResponse text) {
            handler.onPartialResponse(text, new PartialResponseContext(this));
        } else if (event instanceof PartialThinking thinking) {
            handler.onPartialThinking(thinking, new PartialThinkingContext(this));
        } else if (event instanceof PartialToolCall call) {
            handler.onPartialToolCall(call, new PartialToolCallContext(this));
        } else if (event instanceof CompleteToolCall call) {
            handler.onCompleteToolCall(call);
        } else if (event instanceof RawStreamingEvent raw) {
            handler.onUnmappedRawEvent(raw.rawEvent());
        } else if (event instanceof CompleteResponse complete) {
            response = complete.chatResponse();
        }
    }

    /** What the handler throws here would come back to it as an error, and make two ends. */
    @Override
    protected void hookOnComplete() {
        try {
            handler.onCompleteResponse(response);
        } catch (Throwable thrown) {
            Operators.onErrorDropped(thrown, currentContext());
        }
    }

    @Override
    protected void hookOnError(Throwable failure) {
        handler.onError(failure);
    }

    @Override
    protected void hookOnCancel() {
        isCancelled = true;
    }

    @Override
    public boolean isCancelled() {
        return isCancelled;
    }
}
