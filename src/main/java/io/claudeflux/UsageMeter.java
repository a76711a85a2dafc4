package io.claudeflux;

import io.claudeflux.catalog.UsageTotals;
import io.claudeflux.error.AdmissionException;
import io.claudeflux.error.ApiException;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.ClockException;
import io.claudeflux.error.ClockException.Clock;
import io.claudeflux.error.Origin;
import io.claudeflux.message.UsageReport;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Adds up what all calls that it hears of consumed: whole ones, failed ones, cancelled ones, and attempts that broke
 * behind their first event and were made again.
 *
 * <pre>{@code
 * UsageMeter meter = new UsageMeter();
 * ClaudeClient claude = ClaudeClient.builder().listener(meter).build();
 * // ... calls ...
 * Cost cost = prices.price(meter.totals());
 * }</pre>
 *
 * <p>Tokens count for the model that answered, as the message names it, or else for the one that was asked. One meter
 * may hear several clients, or with {@link CallOptions#withListener} only some calls of one.
 *
 * <p>Thread-safe and lock-free: one immutable value is exchanged for the next, so that every snapshot is consistent. It
 * holds one row for each model, tier and speed.
 */
public final class UsageMeter implements CallListener {
    /** Where a call ends without having sent its request. */
    private static final Set<Origin> UNSENT = Set.of(Origin.CONFIG, Origin.ADMISSION, Origin.CONNECT, Origin.CLOSED);

    private final AtomicReference<UsageTotals> totals = new AtomicReference<>(UsageTotals.none());

    /** A meter that has heard of nothing. */
    public UsageMeter() {}

    /**
     * What was consumed so far.
     *
     * @return a snapshot
     */
    public UsageTotals totals() {
        return Objects.requireNonNull(totals.get());
    }

    /**
     * What was consumed since the last time, and begins again from nothing. No call is lost or counted twice between
     * two of these.
     *
     * @return what it held
     */
    public UsageTotals drain() {
        return Objects.requireNonNull(totals.getAndSet(UsageTotals.none()));
    }

    @Override
    public void onRetry(Retry retry) {
        ClaudeException failure = retry.failure();
        add(retry.failed().model(), failure.partial().map(part -> part.message().model()), failure.usage());
        if (failure.usage().isEmpty() && isMessage(retry.failed().endpoint()) && mayHaveCost(failure)) {
            add(UsageTotals.untold(retry.failed().model()));
        }
    }

    @Override
    public void onTerminal(End end) {
        add(end.model(), end.servedBy(), end.usage());
        boolean isUntold = end.usage().isEmpty() && end.attempts() > 0 && isMessage(end.endpoint());
        if (isUntold
                && end.failure().map(UsageMeter::mayHaveCost).orElse(end.outcome() == CallListener.Outcome.CANCELLED)) {
            add(UsageTotals.untold(end.model()));
        }
    }

    private void add(String asked, Optional<String> served, Optional<UsageReport> usage) {
        usage.ifPresent(report ->
                add(UsageTotals.of(served.filter(name -> !name.isEmpty()).orElse(asked), report)));
    }

    private void add(UsageTotals more) {
        totals.accumulateAndGet(more, UsageTotals::plus);
    }

    /** The others cost nothing. */
    private static boolean isMessage(String endpoint) {
        return endpoint.equals(Errand.Endpoint.MESSAGES.toString());
    }

    /** Whether the request was out and nobody refused it. */
    private static boolean mayHaveCost(ClaudeException failure) {
        if (failure instanceof ApiException) {
            return false;
        }
        if (failure instanceof ClockException late) {
            return late.clock() == Clock.TOTAL
                    ? late.isAmbiguous()
                    : late.clock() != Clock.CONNECT && late.clock() != Clock.QUEUE;
        }
        if (failure instanceof AdmissionException) {
            return failure.isAmbiguous();
        }
        return !UNSENT.contains(failure.origin());
    }
}
