package io.claudeflux;

import io.claudeflux.config.RetryPolicy;
import io.claudeflux.config.Timeouts;
import io.claudeflux.internal.retry.RetryBudget;
import io.claudeflux.internal.retry.RetryPlan;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * Opens calls: each subscription gets one of its own, on the terms of its options.
 *
 * @param lifecycle whether anybody is let in
 * @param budget what all calls together have left for retries
 * @param timer runs their clocks
 * @param random numbers of [0, 1)
 * @param site where they go, for their reports
 */
record FrontDesk(
        Lifecycle lifecycle, RetryBudget budget, Scheduler timer, DoubleSupplier random, CallRecord.Site site) {

    <T> Flux<T> admit(Errand errand, CallOptions options, Function<Call, Flux<T>> work) {
        RetryPolicy policy = options.retry().orElseGet(RetryPolicy::defaults);
        Call.Terms terms = new Call.Terms(
                options.timeouts().orElseGet(Timeouts::defaults),
                () -> new RetryPlan(policy, budget, random),
                new Hearing(options.listeners()),
                site,
                policy.retryAmbiguous());
        return Flux.deferContextual(context -> {
            Call call = new Call(errand, terms, timer, context);
            return call.observed(lifecycle.admit(work.apply(call)), lifecycle);
        });
    }
}
