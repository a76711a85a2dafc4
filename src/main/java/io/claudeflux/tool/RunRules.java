package io.claudeflux.tool;

import io.claudeflux.message.ToolUseBlock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The numbers of a runner; what they mean is said at its methods.
 *
 * @param maxRounds 1 or more
 * @param parallelism 1 or more
 * @param timeout of a tool that has none of its own; zero for none
 * @param onFailure what the model is told
 * @param timer the clock
 */
record RunRules(
        int maxRounds,
        int parallelism,
        Duration timeout,
        BiFunction<ToolUseBlock, Throwable, ToolResult> onFailure,
        Scheduler timer) {
    private static final Duration LONGEST = Duration.ofDays(1);

    RunRules {
        Objects.requireNonNull(onFailure, "onFailure");
        atLeastOne("maxRounds", maxRounds);
        atLeastOne("parallelism", parallelism);
        checkTimeout(timeout);
    }

    static RunRules defaults() {
        return new RunRules(10, 4, Duration.ofSeconds(60), RunRules::told, Schedulers.parallel());
    }

    static Duration checkTimeout(Duration timeout) {
        if (timeout.isNegative() || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("timeout must be between 0 and one day but was " + timeout);
        }
        return timeout;
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be >= 1 but was " + value);
        }
    }

    /**
     * What is certain not to be a secret: a message written for the model, or the kind of a failure. The messages of
     * drivers and clients hold addresses, queries and tokens, and the model may repeat what it reads.
     */
    static ToolResult told(ToolUseBlock call, Throwable failure) {
        if (failure instanceof ToolException known && known.getMessage() != null) {
            return ToolResult.error(known.getMessage());
        }
        if (failure instanceof TimeoutException) {
            return ToolResult.error("The tool " + call.name() + " took too long and was stopped.");
        }
        String kind = failure.getClass().getName();
        return ToolResult.error(
                "The tool " + call.name() + " failed: " + kind.substring(kind.lastIndexOf('.') + 1) + ".");
    }
}
