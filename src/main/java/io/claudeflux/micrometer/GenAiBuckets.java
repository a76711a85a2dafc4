package io.claudeflux.micrometer;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import java.util.stream.DoubleStream;

/** The buckets of the conventions: each the double of the one before for times, four times as much for tokens. */
final class GenAiBuckets implements MeterFilter {
    private static final int BUCKETS = 14;
    private static final double SHORTEST_NANOS = 10_000_000;

    @Override
    public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
        return switch (id.getName()) {
            case "gen_ai.client.operation.duration", CallMeters.TIME_TO_FIRST_CHUNK ->
                bounded(SHORTEST_NANOS, 2).merge(config);
            case CallMeters.TOKEN_USAGE -> bounded(1, 4).merge(config);
            default -> config;
        };
    }

    private static DistributionStatisticConfig bounded(double first, double factor) {
        return DistributionStatisticConfig.builder()
                .serviceLevelObjectives(DoubleStream.iterate(first, bound -> bound * factor)
                        .limit(BUCKETS)
                        .toArray())
                .build();
    }
}
