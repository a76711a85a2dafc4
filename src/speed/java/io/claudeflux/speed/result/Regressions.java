package io.claudeflux.speed.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What this client does worse than in an earlier run: by more than a tenth, and by more than the rounds of both differ
 * among themselves. Ratios are compared, so that the machines need not be the same; what is allocated needs none.
 */
public final class Regressions {
    private static final double TOLERANCE = 0.10;
    private static final String CLIENT = "flux";

    private Regressions() {}

    /**
     * A value that is watched.
     *
     * @param metric its name
     * @param isRatio whether it is looked at by that of the baseline
     * @param isBetterHigh whether more of it is better
     */
    private record Watched(String metric, boolean isRatio, boolean isBetterHigh) {
        static List<Watched> of(String scenario) {
            return switch (scenario) {
                case "throughput", "kinds", "large" ->
                    List.of(
                            new Watched("eventsPerCpuSecond", true, true),
                            new Watched("allocatedPerEvent", false, false));
                case "paced" ->
                    List.of(
                            new Watched("cpuPercent", true, false),
                            new Watched("p99Micros", true, false),
                            new Watched("heapPerStream", true, false));
                case "first-token" -> List.of(new Watched("p50Micros", true, false));
                case "cold" -> List.of(new Watched("wallMillis", true, false), new Watched("cpuMillis", true, false));
                case "scaling" -> List.of(new Watched("cpuNanosPerEvent", true, false));
                default -> List.of();
            };
        }

        boolean isWorse(Spread then, Spread now) {
            return isBetterHigh
                    ? now.median() < then.median() * (1 - TOLERANCE) && now.max() < then.min()
                    : now.median() > then.median() * (1 + TOLERANCE) && now.min() > then.max();
        }
    }

    /** A sentence for each; what only one of the runs has measured is not compared. */
    public static List<String> between(Results then, Results now) {
        List<String> found = new ArrayList<>();
        for (ClientResult current : now.clients()) {
            if (current.client().equals(CLIENT)) {
                then.find(current.scenario(), current.setting(), CLIENT)
                        .ifPresent(earlier -> compare(earlier, current, found));
            }
        }
        return found;
    }

    private static void compare(ClientResult then, ClientResult now, List<String> found) {
        for (Watched watched : Watched.of(now.scenario())) {
            Spread before = spreads(then, watched).get(watched.metric());
            Spread after = spreads(now, watched).get(watched.metric());
            if (before != null && after != null && watched.isWorse(before, after)) {
                found.add(String.format(
                        Locale.ROOT,
                        "%s, %s: %s%s was %s, is %s",
                        now.scenario(),
                        now.setting(),
                        watched.metric(),
                        watched.isRatio() ? " of " + now.baseline() : "",
                        told(before),
                        told(after)));
            }
        }
    }

    private static Map<String, Spread> spreads(ClientResult result, Watched watched) {
        return watched.isRatio() ? result.ratios() : result.values();
    }

    private static String told(Spread spread) {
        return Table.number(spread.median()) + " (" + Table.number(spread.min()) + "–" + Table.number(spread.max())
                + ")";
    }
}
