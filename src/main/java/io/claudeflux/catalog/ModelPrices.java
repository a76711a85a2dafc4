package io.claudeflux.catalog;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The prices of a model, tokens by the million. A price that is null is not known; what would need it is not priced at
 * all.
 *
 * @param input uncached input
 * @param output output, thinking included
 * @param cacheWrite5m input written to the prompt cache for five minutes
 * @param cacheWrite1h input written to the prompt cache for an hour
 * @param cacheRead input read from the prompt cache
 * @param multipliers factors on all of these by the word of a service tier or a speed, such as {@code batch} or
 *     {@code fast}; they go ahead of the table's own
 */
public record ModelPrices(
        @Nullable BigDecimal input,
        @Nullable BigDecimal output,
        @Nullable BigDecimal cacheWrite5m,
        @Nullable BigDecimal cacheWrite1h,
        @Nullable BigDecimal cacheRead,
        Map<String, BigDecimal> multipliers) {
    /**
     * Checks and copies.
     *
     * @throws IllegalArgumentException if a number is negative
     * @throws NullPointerException if {@code multipliers} or a value of it is null
     */
    public ModelPrices {
        PriceTable.check("input", input);
        PriceTable.check("output", output);
        PriceTable.check("cacheWrite5m", cacheWrite5m);
        PriceTable.check("cacheWrite1h", cacheWrite1h);
        PriceTable.check("cacheRead", cacheRead);
        multipliers = Map.copyOf(multipliers);
        multipliers.forEach(PriceTable::check);
    }

    /**
     * Input and output.
     *
     * @param input a million tokens of uncached input, as in {@code "3.00"}
     * @param output a million tokens of output
     * @return prices without the cache
     * @throws NumberFormatException if a text is no decimal number
     */
    public static ModelPrices of(String input, String output) {
        return new ModelPrices(
                PriceTable.decimal("input", input), PriceTable.decimal("output", output), null, null, null, Map.of());
    }

    /**
     * Sets the prices of the prompt cache.
     *
     * @param write5m a million tokens written for five minutes
     * @param write1h a million tokens written for an hour
     * @param read a million tokens read
     * @return a copy
     * @throws NumberFormatException if a text is no decimal number
     */
    public ModelPrices withCache(String write5m, String write1h, String read) {
        return new ModelPrices(
                input,
                output,
                PriceTable.decimal("write5m", write5m),
                PriceTable.decimal("write1h", write1h),
                PriceTable.decimal("read", read),
                multipliers);
    }

    /**
     * Sets the factors of tiers and speeds.
     *
     * @param factors by the word on the wire
     * @return a copy
     */
    public ModelPrices withMultipliers(Map<String, BigDecimal> factors) {
        return new ModelPrices(input, output, cacheWrite5m, cacheWrite1h, cacheRead, factors);
    }
}
