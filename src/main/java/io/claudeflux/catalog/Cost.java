package io.claudeflux.catalog;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What usage costs at given prices, to the last digit: nothing is rounded here.
 *
 * @param currency the currency of the prices, as the table names it
 * @param byModel the cost of each model that could be priced, over all tiers and speeds that could
 * @param total the sum of these
 * @param unpriced what is not in it, because a price or a factor is missing: never counted as free
 * @param isExact whether nothing is missing and the server counted every token of it
 */
public record Cost(
        String currency,
        Map<String, BigDecimal> byModel,
        BigDecimal total,
        List<UsageTotals.Kind> unpriced,
        boolean isExact) {
    /**
     * Copies the collections, in their order.
     *
     * @throws NullPointerException if one is null
     */
    public Cost {
        byModel = Collections.unmodifiableMap(new LinkedHashMap<>(byModel));
        unpriced = List.copyOf(unpriced);
    }
}
