package io.claudeflux.internal.protocol;

import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.FailureContext;
import io.claudeflux.message.PartialMessage;
import io.claudeflux.message.ResponseMetadata;
import io.claudeflux.stream.MessageAccumulator;
import io.claudeflux.stream.Ping;
import io.claudeflux.stream.StreamEvent;
import org.jspecify.annotations.Nullable;

/**
 * How far one stream got: what arrived, for the partial message of an error, and what was handed down. Confined to that
 * stream's signals.
 */
public final class Progress {
    private final MessageAccumulator arrived;
    private final ResponseMetadata response;
    private long delivered;

    /**
     * The progress of one stream.
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
    public void arrived(StreamEvent event) {
        arrived.add(event);
    }

    /**
     * Takes note of an event on its way to the subscriber; pings are no output.
     *
     * @param event the event
     */
    public void delivered(StreamEvent event) {
        if (!(event instanceof Ping)) {
            delivered++;
        }
    }

    /**
     * Adds what is known here to a failure.
     *
     * @param failure what broke the stream
     * @return the failure with request id, progress and partial message
     */
    public ClaudeException enrich(ClaudeException failure) {
        FailureContext context = failure.context()
                .withRequestId(response.requestId().orElse(null))
                .withProgress(delivered, partial());
        return failure.withContext(context);
    }

    private @Nullable PartialMessage partial() {
        return arrived.isStarted() ? arrived.partial() : null;
    }
}
