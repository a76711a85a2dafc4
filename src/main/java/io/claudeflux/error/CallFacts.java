package io.claudeflux.error;

import io.claudeflux.message.RequestShape;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The circumstances of a call that failed, for {@link ClaudeException#report()}.
 *
 * @param began when it was subscribed to
 * @param elapsed from then to its failure
 * @param endpoint method and URL, such as {@code POST https://api.anthropic.com/v1/messages}
 * @param attempts how each attempt failed, the first one first
 * @param clocks the time limits in force, by name and in the order in which they run; zero for one that is off
 * @param shape what was asked, without what was said; null for a call that asks nothing of a model
 * @param bodyBytes the size of the request's body; 0 if the call broke before it was written
 * @param platform the libraries it ran on, such as {@code Reactor Netty 1.3.8, Netty 4.2.16}
 */
public record CallFacts(
        Instant began,
        Duration elapsed,
        String endpoint,
        List<FailedAttempt> attempts,
        Map<String, Duration> clocks,
        @Nullable RequestShape shape,
        int bodyBytes,
        String platform) {
    /** Copies the collections. */
    public CallFacts {
        attempts = List.copyOf(attempts);
        clocks = new LinkedHashMap<>(clocks);
    }
}
