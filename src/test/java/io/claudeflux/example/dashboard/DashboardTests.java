package io.claudeflux.example.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.ClaudeClient;
import io.claudeflux.message.Json;
import io.claudeflux.simulator.ClaudeSimulator;
import io.claudeflux.simulator.Reply;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;

/** The panels of the dashboard, against what a scrape of a client has that something of everything happened to. */
@Timeout(60)
@TestInstance(Lifecycle.PER_CLASS)
class DashboardTests {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    /** Meters that no panel shows, each for a reason. */
    private static final Set<String> UNSHOWN = Set.of(
            // The events of the observations, which are better counted by claude.flux.retries and the time to the first
            // chunk.
            "gen_ai_client_operation_duration_first_chunk_total", "gen_ai_client_operation_duration_retry_total");

    private static final Pattern METRIC = Pattern.compile("\\b(?:gen_ai|claude_flux)_[a-z_]+\\b(?=[{\\[])");
    private static final Pattern SELECTOR = Pattern.compile("(\\w+)(?:\\{([^}]*)})?\\[|(\\w+)\\{([^}]*)}");
    private static final Pattern GROUPING = Pattern.compile("by \\(([^)]*)\\)");
    private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*)})? \\S+");

    /** The labels of each metric of the scrape. */
    private final Map<String, Set<String>> scraped = new HashMap<>();

    private Json dashboard = Json.emptyObject();

    @BeforeAll
    void scrape() throws IOException {
        try (InputStream file = Dashboard.class.getResourceAsStream("/dashboard/claude-flux.json")) {
            dashboard = Json.parse(new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8));
        }
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (ClaudeSimulator simulator = Dashboard.unreliableServer(Duration.ZERO);
                ClaudeClient claude = Dashboard.measuredClient(simulator.baseUrl(), registry)) {
            simulator.enqueue(
                    Reply.error(529),
                    Reply.reply("cut").cutAfterEvents(3),
                    Reply.reply("silent").stallAfterEvents(3));
            Flux.range(0, 60).concatMap(i -> Dashboard.call(claude, i)).then().block(LIMIT);
            DisposableServer metrics = Dashboard.serve(registry, 0);
            String text = HttpClient.create()
                    .get()
                    .uri("http://127.0.0.1:" + metrics.port() + "/metrics")
                    .responseContent()
                    .aggregate()
                    .asString()
                    .blockOptional(LIMIT)
                    .orElseThrow();
            metrics.disposeNow(LIMIT);
            text.lines().filter(line -> !line.startsWith("#")).forEach(this::read);
        }
    }

    @AfterAll
    void clear() {
        scraped.clear();
    }

    @Test
    void everyMetricOfEveryPanelIsThere() {
        assertThat(expressions()).hasSizeGreaterThan(20).allSatisfy(expression -> {
            assertThat(matches(METRIC, expression)).isNotEmpty();
            assertThat(scraped.keySet()).containsAll(matches(METRIC, expression));
        });
    }

    @Test
    void everyLabelOfEveryPanelIsThere() {
        for (String expression : expressions()) {
            Set<String> labels = new TreeSet<>();
            GROUPING.matcher(expression)
                    .results()
                    .forEach(by -> labels.addAll(List.of(by.group(1).split(",\\s*", -1))));
            for (String metric : matches(METRIC, expression)) {
                assertThat(scraped.get(metric)).as(expression).containsAll(labels);
            }
            SELECTOR.matcher(expression).results().forEach(selector -> assertSelects(expression, selector));
        }
    }

    private void assertSelects(String expression, MatchResult selector) {
        String metric = selector.group(1) == null ? selector.group(3) : selector.group(1);
        String filters = selector.group(1) == null ? selector.group(4) : selector.group(2);
        if (filters != null && scraped.containsKey(metric)) {
            for (String filter : filters.split(",\\s*", -1)) {
                String label = filter.split("[=!~]", 2)[0];
                assertThat(scraped.get(metric)).as(expression).contains(label);
            }
        }
    }

    @Test
    void everyMeterHasAPanelOrAReasonToHaveNone() {
        Set<String> shown = new TreeSet<>();
        expressions().forEach(expression -> matches(METRIC, expression).forEach(name -> shown.add(family(name))));
        Set<String> missing = new TreeSet<>();
        scraped.keySet().stream()
                .filter(name -> name.startsWith("gen_ai_") || name.startsWith("claude_flux_"))
                .filter(name -> !UNSHOWN.contains(name) && !shown.contains(family(name)))
                .forEach(missing::add);
        assertThat(missing).isEmpty();
        assertThat(scraped.keySet()).containsAll(UNSHOWN);
    }

    @Test
    void panelsDoNotOverlapAndAskTheChosenSource() {
        List<String> places = new ArrayList<>();
        for (Json panel : elements(dashboard, "panels")) {
            Json at = panel.get("gridPos").orElseThrow();
            places.add(at.get("x").orElseThrow().text() + "/"
                    + at.get("y").orElseThrow().text());
            assertThat(panel.get("description").flatMap(Json::asString)).isPresent();
            elements(panel, "targets")
                    .forEach(target -> assertThat(
                                    target.get("datasource").orElseThrow().text())
                            .contains("${datasource}"));
        }
        assertThat(places).doesNotHaveDuplicates().hasSizeBetween(10, 16);
    }

    private List<String> expressions() {
        return elements(dashboard, "panels").stream()
                .flatMap(panel -> elements(panel, "targets").stream())
                .map(target -> target.get("expr").flatMap(Json::asString).orElseThrow())
                .toList();
    }

    private static List<Json> elements(Json object, String name) {
        return object.get(name).orElseThrow().elements();
    }

    private void read(String line) {
        MatchResult sample =
                SAMPLE.matcher(line).results().findFirst().orElseThrow(() -> new AssertionError("no sample: " + line));
        Set<String> labels = scraped.computeIfAbsent(sample.group(1), name -> new TreeSet<>());
        if (sample.group(2) != null) {
            labels.addAll(matches(Pattern.compile("\\w+(?==\")"), sample.group(2)));
        }
    }

    private static Set<String> matches(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        pattern.matcher(text).results().forEach(match -> found.add(match.group()));
        return found;
    }

    /** A histogram is one meter with several metrics. */
    private static String family(String metric) {
        return metric.replaceFirst("_(count|sum|bucket|max)$", "");
    }
}
