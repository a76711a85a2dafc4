package io.claudeflux.simulator;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The limits of all models: each has a {@link Quota} of its own, which it shares with its dated versions only. Safe for
 * use by several threads.
 */
final class Quotas {

    private final Plan plan;
    private final LongSupplier nanoTime;
    private final Map<String, Quota> byModel = new ConcurrentHashMap<>();

    Quotas(Plan plan, LongSupplier nanoTime) {
        this.plan = plan;
        this.nanoTime = nanoTime;
    }

    /**
     * Which limits there are.
     *
     * @param byDefault those of every model that has none of its own
     * @param byModel those of some, by model class
     * @param rampFloor how many requests of one model a second never count as acceleration; zero for no such limit
     */
    record Plan(Quota.Limits byDefault, Map<String, Quota.Limits> byModel, int rampFloor) {

        static final Plan NONE = new Plan(Quota.Limits.NONE, Map.of(), 0);
    }

    /** The quota that a request for this model is booked on. */
    Quota of(String model) {
        return byModel.computeIfAbsent(
                classOf(model),
                name -> new Quota(plan.byModel().getOrDefault(name, plan.byDefault()), plan.rampFloor(), nanoTime));
    }

    /**
     * A model's id without the date of its version: {@code claude-sonnet-5-5} for {@code claude-sonnet-5-5-20260901}.
     */
    static String classOf(String model) {
        return model.replaceFirst("-\\d{8}$", "");
    }
}
