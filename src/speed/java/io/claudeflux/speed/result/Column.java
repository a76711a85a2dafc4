package io.claudeflux.speed.result;

import static io.claudeflux.speed.result.Column.Of.DIFFERENCE;
import static io.claudeflux.speed.result.Column.Of.RATIO;
import static io.claudeflux.speed.result.Column.Of.VALUE;

import java.util.List;

/**
 * A column of a table.
 *
 * @param title what is above it
 * @param metric what it shows
 * @param of what of it
 * @param factor by which it is multiplied
 * @param hasRange whether the least and the most are shown, too
 */
record Column(String title, String metric, Of of, double factor, boolean hasRange) {
    /** What is shown of a metric. */
    enum Of {
        VALUE,
        RATIO,
        DIFFERENCE
    }

    static List<Column> of(String scenario) {
        return switch (scenario) {
            case "paced" -> paced();
            case "first-token" ->
                List.of(
                        new Column("p50, µs", "p50Micros", VALUE, 1, true),
                        new Column("p99, µs", "p99Micros", VALUE, 1, true),
                        new Column("p50 less the floor's, µs", "p50Micros", DIFFERENCE, 1, true));
            case "cold" ->
                List.of(
                        new Column("until the first text, ms", "wallMillis", VALUE, 1, true),
                        new Column("of bare", "wallMillis", RATIO, 1, true),
                        new Column("CPU time, ms", "cpuMillis", VALUE, 1, true),
                        new Column("of bare", "cpuMillis", RATIO, 1, true));
            case "scaling" ->
                List.of(
                        new Column("CPU ns an event", "cpuNanosPerEvent", VALUE, 1, true),
                        new Column("CPU ns a byte", "cpuNanosPerByte", VALUE, 1, false),
                        new Column("of the floor", "cpuNanosPerEvent", RATIO, 1, true),
                        new Column("allocated B an event", "allocatedPerEvent", VALUE, 1, false));
            case "switches" ->
                List.of(
                        new Column("CPU ns an event", "cpuNanosPerEvent", VALUE, 1, true),
                        new Column("of flux", "cpuNanosPerEvent", RATIO, 1, true),
                        new Column("allocated B an event", "allocatedPerEvent", VALUE, 1, false));
            default -> throughput();
        };
    }

    private static List<Column> throughput() {
        return List.of(
                new Column("events per CPU-second, thousands", "eventsPerCpuSecond", VALUE, 1e-3, true),
                new Column("of the floor", "eventsPerCpuSecond", RATIO, 1, true),
                new Column("allocated B an event", "allocatedPerEvent", VALUE, 1, false),
                new Column("threads", "threads", VALUE, 1, false));
    }

    private static List<Column> paced() {
        return List.of(
                new Column("CPU, % of one", "cpuPercent", VALUE, 1, true),
                new Column("of the floor", "cpuPercent", RATIO, 1, true),
                new Column("p50, µs", "p50Micros", VALUE, 1, true),
                new Column("p99, µs", "p99Micros", VALUE, 1, true),
                new Column("heap B a stream", "heapPerStream", VALUE, 1, true),
                new Column("less the floor's", "heapPerStream", DIFFERENCE, 1, true),
                new Column("threads", "threads", VALUE, 1, false));
    }
}
