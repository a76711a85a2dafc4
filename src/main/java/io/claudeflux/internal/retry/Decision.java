package io.claudeflux.internal.retry;

import io.claudeflux.error.NotRetried;
import java.time.Duration;

/** What happens after a failure. */
public sealed interface Decision {
    /**
     * The call is tried again; the retry is already counted and paid for.
     *
     * @param delay how long to wait before; positive
     */
    record Retry(Duration delay) implements Decision {}

    /**
     * The failure is the end of the call.
     *
     * @param reason why
     */
    record GiveUp(NotRetried reason) implements Decision {}
}
