package io.claudeflux.speed.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The results of a run, as they are kept in a file.
 *
 * @param machine where and when
 * @param clients what each client brought in each setting, in the order of the run
 */
public record Results(Machine machine, List<ClientResult> clients) {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /**
     * Sums up samples.
     *
     * @param machine where they were taken
     * @param samples all of them
     * @param baselines of each scenario, the client that the others are compared with
     */
    public static Results of(Machine machine, List<Sample> samples, UnaryOperator<String> baselines) {
        Map<List<String>, List<Sample>> groups = new LinkedHashMap<>();
        samples.forEach(sample -> groups.computeIfAbsent(
                        List.of(sample.scenario(), sample.setting(), sample.client()), any -> new ArrayList<>())
                .add(sample));
        List<ClientResult> clients = new ArrayList<>();
        groups.forEach((key, group) -> clients.add(ClientResult.of(
                group, groups.getOrDefault(List.of(key.get(0), key.get(1), baselines.apply(key.get(0))), List.of()))));
        return new Results(machine, clients);
    }

    /** What that client brought in that setting, if it was measured. */
    public Optional<ClientResult> find(String scenario, String setting, String client) {
        return clients.stream()
                .filter(result -> result.scenario().equals(scenario)
                        && result.setting().equals(setting)
                        && result.client().equals(client))
                .findFirst();
    }

    /** Reads a file. */
    public static Results read(Path file) throws IOException {
        return JSON.readValue(Files.readString(file), Results.class);
    }

    /** Writes a file. */
    public void write(Path file) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(this).replace("\r", "") + "\n");
    }
}
