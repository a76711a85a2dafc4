package io.claudeflux;

import io.claudeflux.internal.admission.AdmissionState;
import io.claudeflux.internal.admission.LaneState;
import io.claudeflux.internal.admission.Pacer;
import io.claudeflux.internal.admission.WaitCounts;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The state of admission in the words of the public API. */
final class Snapshots {
    private Snapshots() {}

    static ClientMetrics of(AdmissionState state, @Nullable Pacer pacer, Tally tally) {
        WaitCounts waits = state.waits();
        return new ClientMetrics(
                new ClientMetrics.Permits(state.limit(), state.max(), state.inFlight()),
                new ClientMetrics.Queue(
                        state.waiting(),
                        waits.granted(),
                        waits.waited(),
                        waits.longest(),
                        waits.refusedFull(),
                        waits.refusedLate()),
                state.lanes().stream()
                        .sorted(Comparator.comparing(LaneState::name))
                        .map(lane -> model(lane, pacer))
                        .toList(),
                tally.counts());
    }

    private static ClientMetrics.Model model(LaneState lane, @Nullable Pacer pacer) {
        List<ClientMetrics.Bucket> buckets = pacer == null
                ? List.of()
                : pacer.buckets(lane.name()).stream()
                        .map(bucket ->
                                new ClientMetrics.Bucket(bucket.family(), bucket.perMinute(), bucket.available()))
                        .toList();
        return new ClientMetrics.Model(lane.name(), lane.inFlight(), lane.waiting(), lane.closedFor(), buckets);
    }
}
