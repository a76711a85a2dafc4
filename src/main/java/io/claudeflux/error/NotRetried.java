package io.claudeflux.error;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why a failure was not retried, or not any more.
 *
 * <p>Where several reasons hold at once, the one named first here is given.
 */
public enum NotRetried {
    /** Events were already handed to the subscriber; another attempt would hand some of them down twice. */
    DELIVERED(""),
    /** Its kind never passes, such as a request the server refuses, or the server itself said not to ask again. */
    NOT_RETRYABLE(""),
    /**
     * The request was written and no answer came, so that the server may have done the work, and the client is told not
     * to repeat such requests: {@code retryAmbiguous} is off.
     */
    AMBIGUOUS("the server may have done the work"),
    /** As many retries as allowed were made, which with {@code maxRetries} 0 is none. */
    EXHAUSTED(""),
    /** The server asks to wait longer than {@code maxRetryAfter}. */
    RETRY_AFTER_TOO_LONG("the server asks to wait longer than maxRetryAfter"),
    /** All waits of the call together would exceed {@code maxTotalDelay}. */
    TOO_LONG("the waits of the call would exceed maxTotalDelay"),
    /** The wait would pass the end of the call's total clock. */
    DEADLINE("the wait would pass the total clock of the call"),
    /** The client's retry budget is spent: too many of its calls fail for retries to do any good. */
    BUDGET("the retry budget is spent");

    private final String because;

    NotRetried(String because) {
        this.because = because;
    }

    /** What a person on call has to know; empty where type, status and number of attempts say it all. */
    String because(@Nullable Duration retryAfter) {
        return this == RETRY_AFTER_TOO_LONG && retryAfter != null
                ? "the server asks to wait " + seconds(retryAfter) + " s, longer than maxRetryAfter"
                : because;
    }

    /** Exact for any duration: one that is too long to wait for may be too long for a long of milliseconds too. */
    static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.getNano(), 9)
                .add(BigDecimal.valueOf(duration.getSeconds()))
                .stripTrailingZeros()
                .toPlainString();
    }
}
