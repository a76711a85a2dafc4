package io.claudeflux.speed;

import io.claudeflux.speed.client.ClientProcess;
import io.claudeflux.speed.client.ColdProcess;
import io.claudeflux.speed.client.Load;
import io.claudeflux.speed.process.Child;
import io.claudeflux.speed.process.Libraries;
import io.claudeflux.speed.result.Journal;
import io.claudeflux.speed.result.Sample;
import io.claudeflux.speed.server.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Measures a scenario: in each round every client takes its turn, and each round begins with another one. A client that
 * fails is noted, and the others go on.
 */
final class Rounds {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration COLD_LIMIT = Duration.ofSeconds(30);
    private static final List<String> SERVER_OPTIONS = List.of("-Xmx1g");
    private static final List<String> CLIENT_OPTIONS = List.of("-Xmx2g");

    private final Options options;
    private final Journal journal;
    private final List<Sample> done;

    Rounds(Options options, Journal journal) throws IOException {
        this.options = options;
        this.journal = journal;
        this.done = journal.samples();
    }

    void measure(Scenario scenario) throws IOException {
        List<Sample> todo = todo(scenario);
        if (todo.isEmpty()) {
            return;
        }
        try (Child server =
                Child.start(Libraries.of("server"), SERVER_OPTIONS, List.of(ServerProcess.class.getName()))) {
            int port = server.result(START_LIMIT).path("port").asInt();
            for (int i = 0; i < todo.size(); i++) {
                Sample sample = measure(scenario, todo.get(i), port);
                journal.add(sample);
                System.out.printf(Locale.ROOT, "%s %d/%d %s%n", scenario.label(), i + 1, todo.size(), told(sample));
            }
        }
    }

    private List<Sample> todo(Scenario scenario) {
        List<Sample> todo = new ArrayList<>();
        for (int round = 0; round < options.rounds(scenario); round++) {
            for (Setting setting : Settings.of(scenario)) {
                List<String> clients = new ArrayList<>(setting.clients());
                Collections.rotate(clients, -round);
                for (String client : clients) {
                    Sample next = new Sample(scenario.label(), setting.name(), client, round, null, Map.of());
                    if (options.includes(scenario, client) && done.stream().noneMatch(next::isSameAs)) {
                        todo.add(next);
                    }
                }
            }
        }
        return todo;
    }

    private Sample measure(Scenario scenario, Sample wanted, int port) {
        Setting setting = Settings.of(scenario).stream()
                .filter(one -> one.name().equals(wanted.setting()))
                .findFirst()
                .orElseThrow();
        Load load = new Load(
                wanted.client(),
                port,
                setting.answer(),
                setting.streams(),
                options.warmUpMillis(scenario),
                options.windowMillis(scenario));
        Map<String, Double> values = new TreeMap<>();
        String failure = null;
        try {
            JsonNode result = scenario == Scenario.COLD ? cold(load) : warm(load);
            failure = result.path("failure").asString(null);
            if (failure == null) {
                result.properties()
                        .forEach(value ->
                                values.put(value.getKey(), value.getValue().asDouble()));
            }
        } catch (IOException e) {
            failure = e.getMessage();
        }
        return new Sample(wanted.scenario(), wanted.setting(), wanted.client(), wanted.round(), failure, values);
    }

    private static JsonNode warm(Load load) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(ClientProcess.class.getName()));
        arguments.addAll(load.arguments());
        try (Child client = Child.start(Libraries.of(load.client()), CLIENT_OPTIONS, arguments)) {
            return client.result(load.limit());
        }
    }

    /** As anyone starts a JVM, with no options; the clock starts with the process. */
    private static JsonNode cold(Load load) throws IOException {
        String classPath = Libraries.of(load.client());
        List<String> arguments = new ArrayList<>(
                List.of(ColdProcess.class.getName(), load.client(), load.baseUrl(), Long.toString(System.nanoTime())));
        try (Child client = Child.start(classPath, List.of(), arguments)) {
            return client.result(COLD_LIMIT);
        }
    }

    private static String told(Sample sample) {
        String head = "round " + (sample.round() + 1) + ", " + sample.setting() + ", " + sample.client() + ": ";
        if (sample.failure() != null) {
            return head + "FAILED: " + sample.failure();
        }
        StringBuilder text = new StringBuilder(head);
        sample.values().forEach((name, value) -> text.append(String.format(Locale.ROOT, "%s %.4g ", name, value)));
        return text.toString();
    }
}
