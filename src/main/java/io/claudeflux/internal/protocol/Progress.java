package io.claudeflux.internal.protocol;

import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.FailureContext;
import io.claudeflux.message.PartialMessage;
import io.claudeflux.message.ResponseMetadata;
import io.claudeflux.message.StopReason;
import io.claudeflux.message.UsageReport;
import io.claudeflux.stream.MessageAccumulator;
import io.claudeflux.stream.MessageDelta;
import io.claudeflux.stream.MessageStart;
import io.claudeflux.stream.StreamEvent;
import org.jspecify.annotations.Nullable;

/**
 * How far one attempt got: what arrived of its message. Guarded by its own lock, since a cancel and the total clock ask
 * from other threads than the one that brings events.
 */
public final class Progress {
    private final MessageAccumulator arrived;
    private final ResponseMetadata response;
    private @Nullable MessageStart begun;
    private @Nullable StopReason stopReason;

    /**
     * The progress of one attempt.
     *
     * @param response the head of its response
     * @param maxPartialChars the most content to keep
     */
    public Progress(ResponseMetadata response, long maxPartialChars) {
        this.response = response;
        this.arrived = new MessageAccumulator(maxPartialChars);
    }

    /**
     * Takes note of an event that arrived.
     *
     * @param event a legal event
     */
    public synchronized void arrived(StreamEvent event) {
        arrived.add(event);
        if (event instanceof MessageStart start) {
            begun = start;
        } else if (event instanceof MessageDelta delta && delta.delta().stopReason() != null) {
            stopReason = delta.delta().stopReason();
        }
    }

    /**
     * Adds what is known here to a failure.
     *
     * @param failure what broke the stream
     * @return the failure with the request id and the message so far
     */
    public ClaudeException enrich(ClaudeException failure) {
        FailureContext context = failure.context().withRequestId(requestId()).withProgress(0, partial());
        return failure.withContext(context);
    }

    /**
     * The server's id of the exchange.
     *
     * @return null if the head of the response has none
     */
    public @Nullable String requestId() {
        return response.requestId().orElse(null);
    }

    /**
     * The message so far.
     *
     * @return null before {@code message_start}
     */
    public synchronized @Nullable PartialMessage partial() {
        return arrived.isStarted() ? arrived.partial() : null;
    }

    /**
     * The model that answers, as the message names it.
     *
     * @return null before {@code message_start}
     */
    public synchronized @Nullable String model() {
        return begun == null ? null : begun.message().model();
    }

    /**
     * The id of the message.
     *
     * @return null before {@code message_start}
     */
    public synchronized @Nullable String messageId() {
        return begun == null ? null : begun.message().id();
    }

    /**
     * Why the message ends where it does.
     *
     * @return null before the {@code message_delta} that says so
     */
    public synchronized @Nullable StopReason stopReason() {
        return stopReason;
    }

    /**
     * What was consumed so far.
     *
     * @return null before {@code message_start}
     */
    public synchronized @Nullable UsageReport usage() {
        return arrived.isStarted() ? arrived.usage() : null;
    }
}
