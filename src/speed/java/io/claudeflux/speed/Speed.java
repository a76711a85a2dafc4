package io.claudeflux.speed;

import io.claudeflux.speed.result.Journal;
import io.claudeflux.speed.result.Machine;
import io.claudeflux.speed.result.Results;
import io.claudeflux.speed.result.Sample;
import io.claudeflux.speed.result.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The benchmark: starts servers and clients, and tells what they measured. */
public final class Speed {
    private static final Path FOLDER = Path.of("target", "speed");
    private static final Path RESULTS = FOLDER.resolve("results.json");

    private Speed() {}

    public static void main(String[] args) throws IOException {
        System.exit(run(Options.parse(List.of(args))));
    }

    /** As the scenarios have them, whichever was measured first. */
    private static List<Sample> inOrder(List<Sample> samples) {
        return Arrays.stream(Scenario.values())
                .flatMap(scenario -> Settings.of(scenario).stream()
                        .flatMap(setting -> setting.clients().stream()
                                .flatMap(client -> samples.stream()
                                        .filter(sample -> sample.scenario().equals(scenario.label())
                                                && sample.setting().equals(setting.name())
                                                && sample.client().equals(client)))))
                .toList();
    }

    private static int run(Options options) throws IOException {
        Machine machine = Machine.now();
        System.out.println(machine);
        Files.createDirectories(FOLDER);
        Journal journal = new Journal(FOLDER.resolve("samples.jsonl"));
        if (!options.isResumed()) {
            journal.remove(sample -> options.scenarios().contains(Scenario.of(sample.scenario())));
        }
        journal.remove(sample -> sample.failure() != null);
        Rounds rounds = new Rounds(options, journal);
        for (Scenario scenario : options.scenarios()) {
            rounds.measure(scenario);
        }
        List<Sample> samples = inOrder(journal.samples());
        Results results =
                Results.of(machine, samples, scenario -> Scenario.of(scenario).baseline());
        results.write(RESULTS);
        System.out.println(Table.of(results));
        return samples.stream().anyMatch(sample -> sample.failure() != null) ? 1 : 0;
    }
}
