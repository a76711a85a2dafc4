package io.claudeflux.cli;

import io.claudeflux.error.ApiException;
import io.claudeflux.error.StreamException;
import io.claudeflux.error.TransportException;
import java.util.Locale;

/** Failures in a few words, for a line that has little room; the exceptions' own messages say more. */
final class Complaint {
    private Complaint() {}

    static String brief(Throwable error) {
        if (error instanceof ApiException api) {
            return api.errorType()
                    + (api.isInStream() ? " inside the stream: " : " (HTTP " + api.status() + "): ")
                    + api.apiMessage();
        }
        if (error instanceof StreamException stream) {
            return stream.kind() == StreamException.Kind.INCOMPLETE
                    ? "cut off before message_stop"
                    : "not a proper stream: " + words(stream.kind()) + ", " + stream.reason();
        }
        if (error instanceof TransportException transport) {
            return "connection failed: " + words(transport.kind());
        }
        return String.valueOf(error.getMessage());
    }

    private static String words(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
