package io.claudeflux.cli;

import io.claudeflux.error.ApiError;
import io.claudeflux.error.ApiException;
import io.claudeflux.error.ApiFailure;
import io.claudeflux.error.FailureContext;
import io.claudeflux.error.StreamException;
import io.claudeflux.message.ResponseMetadata;
import java.util.Map;

/** Failures as the client signals them. */
final class Failures {
    private Failures() {}

    static ApiException overloaded() {
        return api(529, "overloaded_error", "Overloaded", false);
    }

    static ApiException overloadedInStream() {
        return api(200, "overloaded_error", "Overloaded", true);
    }

    static ApiException refused() {
        return api(400, "invalid_request_error", "no", false);
    }

    static StreamException cut() {
        return new StreamException(
                StreamException.Fault.of(StreamException.Kind.INCOMPLETE, "eof"), "cut", null, FailureContext.local());
    }

    private static ApiException api(int status, String type, String message, boolean inStream) {
        ApiError error = new ApiError(type, message, null, null, null);
        ResponseMetadata response = new ResponseMetadata(status, Map.of());
        return ApiException.of(new ApiFailure(error, response, inStream), FailureContext.local());
    }
}
