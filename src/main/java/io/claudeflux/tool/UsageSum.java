package io.claudeflux.tool;

import io.claudeflux.message.Json;
import io.claudeflux.message.Usage;
import java.util.Objects;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** What two answers consumed together. Counters that neither has stay unknown, and so does what they differ in. */
final class UsageSum {
    private UsageSum() {}

    static Usage of(Usage one, Usage other) {
        return new Usage(
                one.inputTokens() + other.inputTokens(),
                one.outputTokens() + other.outputTokens(),
                sum(one.cacheCreationInputTokens(), other.cacheCreationInputTokens(), Long::sum),
                sum(one.cacheReadInputTokens(), other.cacheReadInputTokens(), Long::sum),
                sum(one.cacheCreation(), other.cacheCreation(), UsageSum::creation),
                sum(one.outputTokensDetails(), other.outputTokensDetails(), UsageSum::details),
                sum(one.serverToolUse(), other.serverToolUse(), UsageSum::tools),
                same(one.serviceTier(), other.serviceTier()),
                same(one.speed(), other.speed()),
                same(one.inferenceGeo(), other.inferenceGeo()),
                Json.emptyObject());
    }

    private static Usage.CacheCreation creation(Usage.CacheCreation one, Usage.CacheCreation other) {
        return new Usage.CacheCreation(
                one.ephemeral5mInputTokens() + other.ephemeral5mInputTokens(),
                one.ephemeral1hInputTokens() + other.ephemeral1hInputTokens(),
                Json.emptyObject());
    }

    private static Usage.OutputTokensDetails details(Usage.OutputTokensDetails one, Usage.OutputTokensDetails other) {
        return new Usage.OutputTokensDetails(one.thinkingTokens() + other.thinkingTokens(), Json.emptyObject());
    }

    private static Usage.ServerToolUse tools(Usage.ServerToolUse one, Usage.ServerToolUse other) {
        return new Usage.ServerToolUse(
                one.webSearchRequests() + other.webSearchRequests(),
                one.webFetchRequests() + other.webFetchRequests(),
                Json.emptyObject());
    }

    private static <T> @Nullable T sum(@Nullable T one, @Nullable T other, BinaryOperator<T> sum) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return sum.apply(one, other);
    }

    private static <T> @Nullable T same(@Nullable T one, @Nullable T other) {
        return Objects.equals(one, other) ? one : null;
    }
}
