package io.claudeflux;

import io.claudeflux.error.AdmissionException;
import io.claudeflux.error.ApiException;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.ClockException;
import io.claudeflux.error.NotFoundException;
import io.claudeflux.error.NotRetried;
import io.claudeflux.error.OverloadedException;
import io.claudeflux.error.RateLimitException;
import io.claudeflux.error.TransportException;

/** After which failures it is worth asking somebody else. */
final class Fallbacks {
    private Fallbacks() {}

    /**
     * Nothing was handed down, so that two answers are never mixed, and the fault is with whoever was asked: it is
     * overloaded, out of reach, out of quota, or gone. A request that is wrong is wrong everywhere, a key that is
     * refused should be looked at, and a caller whose time is up waits no longer.
     */
    static boolean isWorthIt(ClaudeException failure) {
        if (failure.eventsDelivered() > 0 || isLeftUnrepeated(failure)) {
            return false;
        }
        if (failure instanceof ClockException clock) {
            return clock.clock() != ClockException.Clock.TOTAL;
        }
        if (failure instanceof AdmissionException admission) {
            return admission.reason() != AdmissionException.Reason.CLOSED;
        }
        if (failure instanceof ApiException) {
            // The server may ask for no repetition, which is not about anybody else.
            return failure.isRetryable()
                    || failure instanceof OverloadedException
                    || failure instanceof RateLimitException
                    || failure instanceof NotFoundException;
        }
        return failure.isRetryable() || failure instanceof TransportException;
    }

    /** Work that may have been done must not be done twice, by nobody else either: that was asked for. */
    private static boolean isLeftUnrepeated(ClaudeException failure) {
        return failure.notRetried().filter(NotRetried.AMBIGUOUS::equals).isPresent();
    }
}
