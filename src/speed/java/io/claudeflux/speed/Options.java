package io.claudeflux.speed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run is asked for.
 *
 * @param scenarios which ones; all of them if none is named
 * @param isQuick with fewer rounds and shorter windows, for a look
 * @param isResumed keeps what an earlier run has measured
 * @param settings {@code rounds=3}, {@code warm=2000}, {@code window=2000}, {@code clients=floor,flux}
 */
record Options(List<Scenario> scenarios, boolean isQuick, boolean isResumed, Map<String, String> settings) {
    private static final List<Scenario> QUICK =
            List.of(Scenario.THROUGHPUT, Scenario.KINDS, Scenario.FIRST_TOKEN, Scenario.COLD);

    static Options parse(List<String> words) {
        List<Scenario> scenarios = new ArrayList<>();
        Map<String, String> settings = new LinkedHashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                settings.put(word.substring(0, equals), word.substring(equals + 1));
            } else if (!word.equals("quick") && !word.equals("resume")) {
                scenarios.add(Scenario.of(word));
            }
        }
        boolean isQuick = words.contains("quick");
        if (scenarios.isEmpty()) {
            scenarios.addAll(isQuick ? QUICK : Arrays.asList(Scenario.values()));
        }
        return new Options(List.copyOf(scenarios), isQuick, words.contains("resume"), Map.copyOf(settings));
    }

    int rounds(Scenario scenario) {
        int quick = switch (scenario) {
            case THROUGHPUT -> 2;
            case COLD -> 3;
            default -> 1;
        };
        return number("rounds").orElse(isQuick ? quick : scenario.rounds());
    }

    int warmUpMillis(Scenario scenario) {
        boolean isSlow = scenario == Scenario.PACED || scenario == Scenario.FIRST_TOKEN;
        return number("warm").orElse(isQuick ? 3_000 : isSlow ? 7_000 : 10_000);
    }

    int windowMillis(Scenario scenario) {
        boolean isSlow = scenario == Scenario.PACED || scenario == Scenario.FIRST_TOKEN;
        return number("window").orElse((isQuick ? 1_000 : 2_500) * (isSlow ? 3 : 1));
    }

    /** Whether this client is to be measured; what is compared with is, always. */
    boolean includes(Scenario scenario, String client) {
        String named = settings.get("clients");
        return named == null
                || client.equals(scenario.baseline())
                || Arrays.asList(named.split(",", -1)).contains(client);
    }

    private Optional<Integer> number(String name) {
        return Optional.ofNullable(settings.get(name)).map(Integer::valueOf);
    }
}
