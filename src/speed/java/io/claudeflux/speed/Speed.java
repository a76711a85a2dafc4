package io.claudeflux.speed;

import io.claudeflux.speed.result.Chart;
import io.claudeflux.speed.result.Journal;
import io.claudeflux.speed.result.Machine;
import io.claudeflux.speed.result.Page;
import io.claudeflux.speed.result.Regressions;
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
    private static final Path RECORDED = Path.of("src", "speed", "results", "recorded.json");
    private static final Path CHART = Path.of(".github", "speed.svg");
    private static final Path PAGE = Path.of(".github", "SPEED.md");

    private Speed() {}

    public static void main(String[] args) throws IOException {
        List<String> words = List.of(args);
        System.exit(
                switch (words.isEmpty() ? "" : words.get(0)) {
                    case "check" -> check(file(words, 1, RESULTS), file(words, 2, RECORDED));
                    case "chart", "page" -> draw();
                    case "record" -> record(file(words, 1, RESULTS));
                    case "profile" -> Profile.run(FOLDER);
                    default -> run(Options.parse(words));
                });
    }

    private static Path file(List<String> words, int index, Path otherwise) {
        return words.size() > index ? Path.of(words.get(index)) : otherwise;
    }

    /** Says what has become slower since the last recorded run. */
    private static int check(Path now, Path then) throws IOException {
        if (!Files.exists(then)) {
            System.out.println("Nothing is recorded yet");
            return 0;
        }
        List<String> regressions = Regressions.between(Results.read(then), Results.read(now));
        regressions.forEach(regression -> System.out.println("REGRESSION " + regression));
        System.out.println(regressions.size() + " regressions since "
                + Results.read(then).machine().date());
        return regressions.isEmpty() ? 0 : 1;
    }

    /** Makes these results the recorded ones. */
    private static int record(Path results) throws IOException {
        Files.createDirectories(RECORDED.getParent());
        Results.read(results).write(RECORDED);
        return draw();
    }

    /** The chart and the tables of the page, from the recorded results. */
    private static int draw() throws IOException {
        Results results = Results.read(RECORDED);
        Files.writeString(CHART, Chart.of(results));
        Files.writeString(PAGE, Page.with(results, Files.readString(PAGE)));
        return 0;
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
        boolean hasFailed = samples.stream().anyMatch(sample -> sample.failure() != null);
        return Math.max(hasFailed ? 1 : 0, check(RESULTS, RECORDED));
    }
}
