package io.claudeflux.internal.admission;

import io.claudeflux.limit.Pacing;
import io.claudeflux.limit.Quota;
import io.claudeflux.limit.RateLimiter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The limiter of one client: keeps each model within its limits, as {@link Pacing} describes. Thread-safe. */
public final class Pacer implements RateLimiter {
    /** As many may be kept without need before somebody looks. */
    private static final int MANY = 64;

    private final Pacing pacing;
    private final Map<String, Quota> quotas = new ConcurrentHashMap<>();
    private final Scheduler timer;
    private final Map<String, PacedModel> models = new ConcurrentHashMap<>();

    /**
     * A limiter that knows what it is told, if anything.
     *
     * @param pacing what it is told
     * @param timer where waits are timed
     */
    public Pacer(Pacing pacing, Scheduler timer) {
        this.pacing = pacing;
        this.timer = timer;
        pacing.quotas().forEach((model, quota) -> quotas.put(Lane.nameOf(new Estimate(model, false, 0, 0)), quota));
    }

    @Override
    public Mono<Lease> acquire(Estimate estimate) {
        return Mono.defer(() -> model(estimate).acquire(estimate));
    }

    /**
     * What is left of the limits of a model.
     *
     * @param name as a {@link LaneState} has it
     * @return its buckets; empty if nothing is known of it
     */
    public List<BucketState> buckets(String name) {
        PacedModel model = models.get(name);
        return model == null ? List.of() : model.states();
    }

    private PacedModel model(Estimate estimate) {
        String name = Lane.nameOf(estimate);
        PacedModel known = models.get(name);
        if (known != null) {
            return known;
        }
        if (models.size() >= MANY) {
            models.values().removeIf(PacedModel::isForgettable);
        }
        String prefix = estimate.isFast() ? "fast-" : "";
        Quota quota = quotas.getOrDefault(name, pacing.quota().orElse(null));
        return models.computeIfAbsent(name, any -> new PacedModel(prefix, quota, pacing.isLearning(), timer));
    }
}
