package io.claudeflux.catalog;

import io.claudeflux.message.ServiceTier;
import io.claudeflux.message.Speed;
import io.claudeflux.message.UsageReport;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What calls consumed, added up by what has a price of its own: the model, the capacity that served it, and its speed.
 * Immutable.
 *
 * <pre>{@code
 * UsageTotals day = morning.plus(evening);
 * long read = day.ofModel("claude-sonnet-5-5").cacheReadTokens();
 * }</pre>
 *
 * @param rows the sums, in the order in which they came up
 */
public record UsageTotals(Map<Kind, Counters> rows) {
    private static final UsageTotals NONE = new UsageTotals(Map.of());

    /**
     * Copies the rows, in their order.
     *
     * @throws NullPointerException if the map is null
     */
    public UsageTotals {
        rows = Collections.unmodifiableMap(new LinkedHashMap<>(rows));
    }

    /**
     * What is priced alike.
     *
     * @param model the model's id
     * @param serviceTier the capacity that served it; null if the server did not say
     * @param speed the speed it ran at; null if the server did not say
     */
    public record Kind(
            String model,
            @Nullable ServiceTier serviceTier,
            @Nullable Speed speed) {
        /**
         * Takes the names as they are.
         *
         * @throws NullPointerException if {@code model} is null
         */
        public Kind {
            Objects.requireNonNull(model, "model");
        }
    }

    /**
     * Nothing.
     *
     * @return totals without a row
     */
    public static UsageTotals none() {
        return NONE;
    }

    /**
     * What one answer consumed. The tokens of the server's own steps that its counters leave out are added from
     * {@code iterations}, where it lists them: compactions to the same model, advice to the model that gave it.
     *
     * @param model the model that answered
     * @param report what it consumed
     * @return the totals of this answer
     */
    public static UsageTotals of(String model, UsageReport report) {
        Kind kind = new Kind(model, report.usage().serviceTier(), report.usage().speed());
        return Iterations.of(kind, report.usage().extra()).plus(new UsageTotals(Map.of(kind, Counters.of(report))));
    }

    /**
     * An attempt that may have been paid for, of which the server told nothing.
     *
     * @param model the model that was asked
     * @return totals with this attempt alone
     */
    public static UsageTotals untold(String model) {
        return new UsageTotals(Map.of(new Kind(model, null, null), Counters.UNTOLD));
    }

    /**
     * These and others.
     *
     * @param others what else was consumed
     * @return the sum, row by row
     */
    public UsageTotals plus(UsageTotals others) {
        if (rows.isEmpty() || others.rows.isEmpty()) {
            return rows.isEmpty() ? others : this;
        }
        Map<Kind, Counters> sum = new LinkedHashMap<>(rows);
        others.rows.forEach((kind, counters) -> sum.merge(kind, counters, Counters::plus));
        return new UsageTotals(sum);
    }

    /**
     * Which models there are.
     *
     * @return their ids, each once, in the order in which they came up
     */
    public List<String> models() {
        return rows.keySet().stream().map(Kind::model).distinct().toList();
    }

    /**
     * The sum of one model, over all tiers and speeds.
     *
     * @param model its id
     * @return zeros for a model that did not come up
     */
    public Counters ofModel(String model) {
        return rows.entrySet().stream()
                .filter(row -> row.getKey().model().equals(model))
                .map(Map.Entry::getValue)
                .reduce(Counters.ZERO, Counters::plus);
    }

    /**
     * The sum of all.
     *
     * @return zeros if there is nothing
     */
    public Counters total() {
        return rows.values().stream().reduce(Counters.ZERO, Counters::plus);
    }
}
