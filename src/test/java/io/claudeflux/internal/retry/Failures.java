package io.claudeflux.internal.retry;

import io.claudeflux.error.ApiError;
import io.claudeflux.error.ApiException;
import io.claudeflux.error.ApiFailure;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.FailureContext;
import io.claudeflux.error.Origin;
import io.claudeflux.error.TransportException;
import io.claudeflux.message.ResponseMetadata;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Failures of calls, as the layers below the retries report them. */
final class Failures {
    private Failures() {}

    /** A passing answer by status. */
    static ClaudeException status(int status) {
        return status(status, null);
    }

    /** A passing answer by status, with the server's wish. */
    static ClaudeException status(int status, @Nullable Duration retryAfter) {
        return ApiException.of(
                new ApiFailure(ApiError.ofText("why"), new ResponseMetadata(status, Map.of()), false),
                FailureContext.attempted(true).withRetryAfter(retryAfter));
    }

    /** A passing error inside a stream that had begun with 200. */
    static ClaudeException inStream(String type) {
        return ApiException.of(
                new ApiFailure(new ApiError(type, "why", null, null, null), new ResponseMetadata(200, Map.of()), true),
                FailureContext.attempted(true));
    }

    /** A passing answer by status whose body has a word of its own. */
    static ClaudeException envelope(int status, String type) {
        return ApiException.of(
                new ApiFailure(
                        new ApiError(type, "why", null, null, null), new ResponseMetadata(status, Map.of()), false),
                FailureContext.attempted(true));
    }

    /** No connection could be made. */
    static ClaudeException refused() {
        return transport(TransportException.Kind.CONNECT, FailureContext.attempted(true));
    }

    /** The request was written, and nothing came back. */
    static ClaudeException unanswered() {
        return transport(
                TransportException.Kind.NO_RESPONSE,
                FailureContext.attempted(true).asAmbiguous());
    }

    /** A failure that does not pass. */
    static ClaudeException hopeless() {
        return transport(TransportException.Kind.TLS, FailureContext.attempted(false));
    }

    private static ClaudeException transport(TransportException.Kind kind, FailureContext context) {
        return new TransportException(new TransportException.Fault(kind, Origin.SEND), "broken", null, context);
    }
}
