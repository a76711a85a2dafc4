package io.claudeflux.internal.protocol;

import io.claudeflux.message.Json;
import io.claudeflux.message.ResponseMetadata;
import io.claudeflux.stream.StreamEvent;
import io.claudeflux.stream.UnknownEvent;
import java.util.function.UnaryOperator;

/** The one place where an {@code error} event becomes an error. */
public final class StreamFaults {
    private final ApiErrors errors;
    private final ResponseMetadata response;
    private final UnaryOperator<String> withoutSecrets;

    /**
     * For the events of one response.
     *
     * @param errors reads the event
     * @param response its head
     * @param withoutSecrets takes from a text of the server what must not be shown
     */
    public StreamFaults(ApiErrors errors, ResponseMetadata response, UnaryOperator<String> withoutSecrets) {
        this.errors = errors;
        this.response = response;
        this.withoutSecrets = withoutSecrets;
    }

    /**
     * Lets every event pass but {@code error}.
     *
     * @param event the event
     * @throws io.claudeflux.error.ApiException if the event reports an error
     */
    public void raise(StreamEvent event) {
        if (event instanceof UnknownEvent unknown && unknown.type().equals("error")) {
            throw errors.ofEvent(shown(withoutSecrets.apply(unknown.raw().text())), response);
        }
    }

    /** Where a secret was taken from between two escapes, what is left may be JSON no more. */
    private static Json shown(String text) {
        try {
            return Json.parse(text);
        } catch (IllegalArgumentException onlyText) {
            return Json.of(text);
        }
    }
}
