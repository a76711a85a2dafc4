package io.claudeflux.speed.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the rounds of one client brought, in one setting of a scenario.
 *
 * @param scenario in which scenario
 * @param setting in which setting of it
 * @param client which client
 * @param baseline the client that it is compared with
 * @param rounds how many rounds brought values
 * @param failures why others did not
 * @param values what was measured
 * @param ratios each value by that of the baseline in the same round
 * @param differences each value less that of the baseline in the same round
 */
public record ClientResult(
        String scenario,
        String setting,
        String client,
        String baseline,
        int rounds,
        List<String> failures,
        Map<String, Spread> values,
        Map<String, Spread> ratios,
        Map<String, Spread> differences) {
    /** Sums up the samples of one client, with those of its baseline in the same setting. */
    static ClientResult of(List<Sample> samples, List<Sample> baseline) {
        Map<String, List<Double>> values = new TreeMap<>();
        Map<String, List<Double>> ratios = new TreeMap<>();
        Map<String, List<Double>> differences = new TreeMap<>();
        for (Sample sample : samples) {
            sample.values().forEach((name, value) -> add(values, name, value));
            baseline.stream()
                    .filter(other -> other.round() == sample.round())
                    .forEach(other -> other.values().forEach((name, base) -> {
                        Double value = sample.values().get(name);
                        if (value != null) {
                            add(ratios, name, value / base);
                            add(differences, name, value - base);
                        }
                    }));
        }
        Sample any = samples.get(0);
        return new ClientResult(
                any.scenario(),
                any.setting(),
                any.client(),
                baseline.isEmpty() ? "" : baseline.get(0).client(),
                (int) samples.stream()
                        .filter(sample -> sample.failure() == null)
                        .count(),
                samples.stream()
                        .map(Sample::failure)
                        .filter(failure -> failure != null)
                        .toList(),
                spreads(values),
                spreads(ratios),
                spreads(differences));
    }

    private static void add(Map<String, List<Double>> lists, String name, double value) {
        if (Double.isFinite(value)) {
            lists.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
        }
    }

    private static Map<String, Spread> spreads(Map<String, List<Double>> lists) {
        Map<String, Spread> spreads = new TreeMap<>();
        lists.forEach((name, values) -> spreads.put(name, Spread.of(values)));
        return spreads;
    }
}
