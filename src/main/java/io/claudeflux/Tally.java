package io.claudeflux;

import java.util.concurrent.atomic.LongAdder;

/** Counts what becomes of the calls of a client. Thread-safe. */
final class Tally implements CallListener {
    private final LongAdder attempts = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder completed = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder cancelled = new LongAdder();

    @Override
    public void onAttempt(Attempt attempt) {
        attempts.increment();
        if (attempt.number() > 1) {
            retries.increment();
        }
    }

    @Override
    public void onTerminal(End end) {
        if (end.outcome() == Outcome.COMPLETED) {
            completed.increment();
        } else {
            (end.outcome() == Outcome.FAILED ? failed : cancelled).increment();
        }
    }

    ClientMetrics.Calls counts() {
        return new ClientMetrics.Calls(attempts.sum(), retries.sum(), completed.sum(), failed.sum(), cancelled.sum());
    }
}
