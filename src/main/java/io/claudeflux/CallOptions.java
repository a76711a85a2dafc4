package io.claudeflux;

import io.claudeflux.config.RetryPolicy;
import io.claudeflux.config.Timeouts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What some calls do otherwise than their client; see {@link Messages#with}.
 *
 * <pre>{@code
 * Messages quick = claude.messages().with(CallOptions.none()
 *         .withTimeouts(Timeouts.defaults().withTotal(Duration.ofSeconds(20)))
 *         .withFallbackModels("claude-haiku-4-5"));
 * }</pre>
 *
 * @param timeouts the clocks; empty for those in force so far
 * @param retry what is tried again, and when; its budget is not looked at, since all calls of a client share the
 *     client's; empty for the policy in force so far
 * @param fallbackModels the models to ask, in this order, when the request's own cannot be had; empty for the list in
 *     force so far
 * @param preflight whether requests are looked at before they are sent; empty for what is in force so far
 * @param listeners who hears of these calls, on top of those who do so far
 */
public record CallOptions(
        Optional<Timeouts> timeouts,
        Optional<RetryPolicy> retry,
        Optional<List<String>> fallbackModels,
        Optional<Boolean> preflight,
        List<CallListener> listeners) {
    private static final CallOptions NONE =
            new CallOptions(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    /**
     * Copies the lists.
     *
     * @throws NullPointerException if a value is null
     */
    public CallOptions {
        fallbackModels = fallbackModels.map(List::copyOf);
        listeners = List.copyOf(listeners);
    }

    /**
     * No difference.
     *
     * @return options that change nothing
     */
    public static CallOptions none() {
        return NONE;
    }

    /**
     * Sets the clocks.
     *
     * @param timeouts all six of them
     * @return a copy
     */
    public CallOptions withTimeouts(Timeouts timeouts) {
        return new CallOptions(Optional.of(timeouts), retry, fallbackModels, preflight, listeners);
    }

    /**
     * Sets what is tried again, and when.
     *
     * @param retry the policy; its budget is not looked at
     * @return a copy
     */
    public CallOptions withRetry(RetryPolicy retry) {
        return new CallOptions(timeouts, Optional.of(retry), fallbackModels, preflight, listeners);
    }

    /**
     * Sets the models to fall back to, as {@link ClaudeClient.Builder#fallbackModels} does.
     *
     * @param models in the order in which they are asked; none to fail instead
     * @return a copy
     */
    public CallOptions withFallbackModels(String... models) {
        return new CallOptions(timeouts, retry, Optional.of(List.of(models)), preflight, listeners);
    }

    /**
     * Sets whether requests are looked at before they are sent, as {@link ClaudeClient.Builder#preflight} does.
     *
     * @param isOn false to send them as they are
     * @return a copy
     */
    public CallOptions withPreflight(boolean isOn) {
        return new CallOptions(timeouts, retry, fallbackModels, Optional.of(isOn), listeners);
    }

    /**
     * Adds a listener.
     *
     * @param listener hears of these calls
     * @return a copy
     */
    public CallOptions withListener(CallListener listener) {
        List<CallListener> all = new ArrayList<>(listeners);
        all.add(listener);
        return new CallOptions(timeouts, retry, fallbackModels, preflight, all);
    }

    /** These, with what the others set in place of what is set here. */
    CallOptions and(CallOptions others) {
        List<CallListener> all = new ArrayList<>(listeners);
        all.addAll(others.listeners);
        return new CallOptions(
                others.timeouts.or(() -> timeouts),
                others.retry.or(() -> retry),
                others.fallbackModels.or(() -> fallbackModels),
                others.preflight.or(() -> preflight),
                all);
    }
}
