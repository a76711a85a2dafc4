package io.claudeflux.speed.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of samples. */
class ResultsTests {
    private static final Machine MACHINE = new Machine("2026-01-01", "JDK", "Linux", 2, 0.1);

    @Test
    void ratiosAreTakenWithinARound() {
        Results results = results(100, 200, 400);

        ClientResult flux =
                results.find("throughput", "1 event a chunk", "flux").orElseThrow();

        assertThat(flux.values()).containsEntry("eventsPerCpuSecond", new Spread(100, 50, 200));
        assertThat(flux.ratios()).containsEntry("eventsPerCpuSecond", new Spread(0.5, 0.5, 0.5));
        assertThat(flux.differences()).containsEntry("eventsPerCpuSecond", new Spread(-100, -200, -50));
    }

    @Test
    void aFailedRoundIsToldAndLeftOut() {
        List<Sample> samples = samples(100, 200);
        samples.add(new Sample("throughput", "1 event a chunk", "flux", 2, "It broke", Map.of()));

        ClientResult flux =
                Results.of(MACHINE, samples, any -> "floor").clients().get(1);

        assertThat(flux.rounds()).isEqualTo(2);
        assertThat(flux.failures()).containsExactly("It broke");
        assertThat(flux.values().get("eventsPerCpuSecond")).isEqualTo(new Spread(75, 50, 100));
    }

    @Test
    void filesKeepResults(@TempDir Path folder) throws IOException {
        Results results = results(100, 200);

        results.write(folder.resolve("results.json"));

        assertThat(Results.read(folder.resolve("results.json"))).isEqualTo(results);
    }

    @Test
    void regressionsAreBeyondATenthAndBeyondTheNoise() {
        Results then = results(100, 110);

        assertThat(Regressions.between(then, scaled(0.91))).isEmpty();
        assertThat(Regressions.between(then, scaled(1.5))).isEmpty();
        assertThat(Regressions.between(then, scaled(0.5)))
                .singleElement()
                .asString()
                .contains("throughput, 1 event a chunk: eventsPerCpuSecond of floor was 0.50")
                .contains("is 0.25");
    }

    @Test
    void chartAndTablesAreTheSameForTheSameResults() {
        assertThat(Chart.of(results(100, 200)))
                .isEqualTo(Chart.of(results(100, 200)))
                .startsWith("<svg")
                .contains("claude-flux")
                .endsWith("</svg>\n");
        assertThat(Table.of(results(100, 200)))
                .contains("| 1 event a chunk | flux | 0.075 (0.050–0.10) | 0.50 (0.50–0.50) |");
    }

    @Test
    void aPageKeepsWhatIsAroundItsTables() {
        String page = "before\n<!-- results -->\nold\n<!-- end of results -->\nbehind\n";

        assertThat(Page.with(results(100), page))
                .startsWith("before\n<!-- results -->\nMeasured 2026-01-01")
                .endsWith("<!-- end of results -->\nbehind\n")
                .doesNotContain("old");
    }

    /** The floor with so many events a round, and this client with half of that. */
    private static Results results(double... floor) {
        return Results.of(MACHINE, samples(floor), any -> "floor");
    }

    private static Results scaled(double factor) {
        List<Sample> samples = samples(100, 110);
        samples.replaceAll(sample -> sample.client().equals("floor")
                ? sample
                : sample("flux", sample.round(), sample.values().getOrDefault("eventsPerCpuSecond", 0.0) * factor));
        return Results.of(MACHINE, samples, any -> "floor");
    }

    private static List<Sample> samples(double... floor) {
        List<Sample> samples = new ArrayList<>();
        for (int round = 0; round < floor.length; round++) {
            samples.add(sample("floor", round, floor[round]));
            samples.add(sample("flux", round, floor[round] / 2));
        }
        return samples;
    }

    private static Sample sample(String client, int round, double events) {
        return new Sample("throughput", "1 event a chunk", client, round, null, Map.of("eventsPerCpuSecond", events));
    }
}
