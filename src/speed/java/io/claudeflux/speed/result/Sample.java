package io.claudeflux.speed.result;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one process measured.
 *
 * @param scenario in which scenario
 * @param setting in which setting of it
 * @param client which client
 * @param round in which round; samples of one round were taken right after one another
 * @param failure why there are no values, or null
 * @param values by name
 */
public record Sample(
        String scenario,
        String setting,
        String client,
        int round,
        @Nullable String failure,
        Map<String, Double> values) {
    /** Whether it is for the same measurement as another one. */
    public boolean isSameAs(Sample other) {
        return round == other.round
                && scenario.equals(other.scenario)
                && setting.equals(other.setting)
                && client.equals(other.client);
    }
}
