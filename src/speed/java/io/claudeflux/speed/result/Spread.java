package io.claudeflux.speed.result;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Collection;

/**
 * What a number of rounds brought.
 *
 * @param median the one in the middle
 * @param min the least
 * @param max the most
 */
public record Spread(double median, double min, double max) {
    private static final MathContext DIGITS = new MathContext(4, RoundingMode.HALF_UP);

    /** Of at least one value; all are rounded to four digits. */
    public static Spread of(Collection<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int half = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        return new Spread(round(median), round(sorted[0]), round(sorted[sorted.length - 1]));
    }

    private static double round(double value) {
        return Double.isFinite(value) ? new BigDecimal(value).round(DIGITS).doubleValue() : value;
    }
}
