package io.claudeflux.internal.protocol;

import io.claudeflux.message.ResponseMetadata;
import io.claudeflux.stream.StreamEvent;
import io.claudeflux.stream.UnknownEvent;

/** The one place where an {@code error} event becomes an error. */
public final class StreamFaults {
    private final ApiErrors errors;
    private final ResponseMetadata response;

    /**
     * For the events of one response.
     *
     * @param errors reads the event
     * @param response its head
     */
    public StreamFaults(ApiErrors errors, ResponseMetadata response) {
        this.errors = errors;
        this.response = response;
    }

    /**
     * Lets every event pass but {@code error}.
     *
     * @param event the event
     * @throws io.claudeflux.error.ApiException if the event reports an error
     */
    public void raise(StreamEvent event) {
        if (event instanceof UnknownEvent unknown && unknown.type().equals("error")) {
            throw errors.ofEvent(unknown.raw(), response);
        }
    }
}
