package io.claudeflux;

import io.claudeflux.config.RetryPolicy;
import io.claudeflux.config.Timeouts;
import io.claudeflux.internal.retry.RetryBudget;
import io.claudeflux.internal.retry.RetryPlan;
import io.claudeflux.message.MessageRequest;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/** Opens calls: each subscription gets one of its own, on the terms of its options. */
final class FrontDesk {
    private final Lifecycle lifecycle;
    private final RetryBudget budget;
    private final Scheduler timer;
    private final DoubleSupplier random;

    FrontDesk(Lifecycle lifecycle, RetryBudget budget, Scheduler timer, DoubleSupplier random) {
        this.lifecycle = lifecycle;
        this.budget = budget;
        this.timer = timer;
        this.random = random;
    }

    Lifecycle lifecycle() {
        return lifecycle;
    }

    <T> Flux<T> admit(MessageRequest request, CallOptions options, Function<Call, Flux<T>> work) {
        RetryPolicy policy = options.retry().orElseGet(RetryPolicy::defaults);
        Call.Terms terms = new Call.Terms(
                options.timeouts().orElseGet(Timeouts::defaults),
                () -> new RetryPlan(policy, budget, random),
                new Hearing(options.listeners()));
        return Flux.deferContextual(context -> {
            Call call = new Call(request, terms, timer, context);
            return lifecycle.admit(work.apply(call)).transform(call::observed);
        });
    }
}
