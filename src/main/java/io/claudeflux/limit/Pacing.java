package io.claudeflux.limit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Keeps a client within its rate limits, so that it is not told 429 in the first place.
 *
 * <p>For each model there are buckets for requests, input and output tokens that refill continuously, as the API has
 * them. An attempt takes what it is expected to need, and what it did not need comes back when it ends: the input by
 * its length, the output by what recent answers took, both corrected by what the server counted. Ten seconds' worth may
 * be used at once. However much is left, attempts start slowly: 10 a second at first, and from then on in each second
 * at most one and a half times as many as in the busiest of the ten before. The API also limits how steeply usage
 * rises.
 *
 * <p>Limits are learnt from the {@code anthropic-ratelimit-*} headers of every answer, errors included, unless they are
 * set here. Others may use the same limits: where a header says that less is left than this client thinks, it is
 * believed.
 *
 * <p>A model is known by its id; a date at its end, as in {@code -20260901}, makes no other model of it.
 *
 * @param isLearning whether headers are looked at
 * @param quota for every model that has none of its own; empty for none
 * @param quotas the quotas by model
 */
public record Pacing(boolean isLearning, Optional<Quota> quota, Map<String, Quota> quotas) {
    private static final Pacing LEARNED = new Pacing(true, Optional.empty(), Map.of());

    /**
     * Copies the map.
     *
     * @throws NullPointerException if an argument is null
     */
    public Pacing {
        Objects.requireNonNull(quota, "quota");
        quotas = Map.copyOf(quotas);
    }

    /**
     * Limits learnt from headers.
     *
     * @return pacing without quotas
     */
    public static Pacing learned() {
        return LEARNED;
    }

    /**
     * Limits as given, whatever headers say: for a gateway that sends none, or for a share of a limit.
     *
     * @param quota for every model
     * @return pacing that looks at no headers
     */
    public static Pacing of(Quota quota) {
        return new Pacing(false, Optional.of(quota), Map.of());
    }

    /**
     * Sets the quota of one model.
     *
     * @param model its id; what headers say of it is then not looked at
     * @param quota its quota
     * @return a copy
     */
    public Pacing withQuota(String model, Quota quota) {
        Map<String, Quota> all = new LinkedHashMap<>(quotas);
        all.put(model, quota);
        return new Pacing(isLearning, this.quota, all);
    }
}
