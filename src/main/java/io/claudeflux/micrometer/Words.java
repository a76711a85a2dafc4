package io.claudeflux.micrometer;

import io.claudeflux.CallListener.End;
import io.claudeflux.CallListener.Outcome;
import io.claudeflux.error.AdmissionException;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.ClockException;
import io.claudeflux.error.ClockException.Clock;
import io.claudeflux.error.Origin;
import io.claudeflux.error.StreamException;
import io.claudeflux.error.TransportException;

/** What happened, in words of which there are few. */
final class Words {
    static final String NONE = "none";

    private Words() {}

    /** What is done, in the words of the conventions where they have one. */
    static String operation(String endpoint) {
        return switch (endpoint) {
            case "POST /v1/messages" -> "chat";
            case "POST /v1/messages/count_tokens" -> "count_tokens";
            case "GET /v1/models" -> "list_models";
            case "GET /v1/models/{id}" -> "retrieve_model";
            default -> "other";
        };
    }

    /** Why it failed: the label, or "other" for what has none; "none" if it did not fail. */
    static String error(End end) {
        return end.failure().map(ClaudeException::label).orElse(end.outcome() == Outcome.FAILED ? "other" : NONE);
    }

    static String outcome(End end) {
        if (end.outcome() == Outcome.FAILED) {
            return end.failure().map(Words::failed).orElse("error");
        }
        return end.outcome() == Outcome.COMPLETED ? "complete" : "cancelled";
    }

    private static String failed(ClaudeException failure) {
        if (isTruncated(failure)) {
            return "truncated";
        }
        if (isStalled(failure)) {
            return "stalled";
        }
        return failure instanceof AdmissionException && failure.origin() == Origin.ADMISSION ? "refused" : "error";
    }

    /** An answer that had begun was cut. */
    static boolean isTruncated(ClaudeException failure) {
        return failure instanceof StreamException stream
                ? stream.kind() == StreamException.Kind.INCOMPLETE
                : failure instanceof TransportException && failure.origin() == Origin.STREAM;
    }

    /** An answer that had begun fell silent. */
    static boolean isStalled(ClaudeException failure) {
        return failure instanceof ClockException late && (late.clock() == Clock.IDLE || late.clock() == Clock.PROGRESS);
    }
}
