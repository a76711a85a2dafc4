package io.claudeflux.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A rule that has never been red proves nothing: each is held against a tree that breaks it. */
class ArchitectureRulesTests {
    private static final String ROOT = "io.claudeflux.gate.violation.arch";
    private static final JavaClasses OFFENDERS = new ClassFileImporter().importPackages(ROOT);
    private static final Map<String, ArchRule> RULES = ArchitectureRules.below(ROOT);

    /** For each rule, words that its report must hold: the offender and what it did. */
    private static final Map<String, List<String>> REPORTS = reports();

    @TestFactory
    Stream<DynamicTest> everyRuleIsRedOnItsOffender() {
        return RULES.entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(),
                        () -> assertThat(reportOf(rule.getValue()))
                                .contains(REPORTS.getOrDefault(rule.getKey(), List.of("no offender is known")))));
    }

    @Test
    void theInnocentAreLeftAlone() {
        String innocent = "\\w+ <" + Pattern.quote(ROOT) + "\\.(message\\.Letter|Client)[.>].*";

        RULES.forEach(
                (name, rule) -> assertThat(violationsOf(rule)).as(name).noneMatch(line -> line.matches(innocent)));
    }

    @Test
    void theTwoDoorsMayShowWhatTheyTakeIn() {
        assertThat(violationsOf(Objects.requireNonNull(RULES.get("signatures"))))
                .noneMatch(
                        line -> line.contains("Builder.httpClient(") || line.contains("shows reactor.netty.resources"));
    }

    @Test
    void anIntegrationMayShowWhatItIntegrates() {
        assertThat(violationsOf(Objects.requireNonNull(RULES.get("signatures"))))
                .noneMatch(line -> line.contains("McpAsyncClient"));
    }

    private static String reportOf(ArchRule rule) {
        return String.join("\n", violationsOf(rule));
    }

    private static List<String> violationsOf(ArchRule rule) {
        return rule.evaluate(OFFENDERS).getFailureReport().getDetails();
    }

    private static Map<String, List<String>> reports() {
        Map<String, List<String>> reports = new TreeMap<>();
        reports.put(
                "arrows",
                List.of(
                        "config.KnowsAMessage",
                        "message.KnowsTheStream",
                        "stream.ShowsAnInternal",
                        "internal.sse.KnowsJson",
                        "schema.ReadsJson",
                        "simulator.KnowsTheClient",
                        "util.Strings lives in a package that the table does not name"));
        reports.put("cycles", List.of("Cycle detected", "message.KnowsTheStream", "stream.Page"));
        reports.put(
                "signatures",
                List.of(
                        "stream.ShowsABuffer.buffers() shows io.netty.buffer.ByteBuf to its users",
                        "ConnectionSettings.eventLoops(io.netty.channel.EventLoopGroup) shows io.netty.channel.EventLoopGroup",
                        "ConnectionSettings.pool(java.util.function.UnaryOperator) shows reactor.netty.http.client.HttpClient",
                        "mcp.SpeaksOfBeans.bean() shows org.springframework.beans.factory.DisposableBean",
                        "shows " + ROOT + ".internal.sse.Frame to its users"));
        reports.put("netty", List.of("stream.ShowsABuffer", "io.netty.buffer.ByteBuf"));
        reports.put("doors", List.of("ConnectionSettings.eventLoops(io.netty.channel.EventLoopGroup)"));
        reports.put("netty-options", List.of("internal.http.WantsEpoll"));
        reports.put("jackson", List.of("error.ParsesJson", "tools.jackson.databind.JsonNode"));
        reports.put("schema-library", List.of("schema.MakesSchemas"));
        reports.put("jackson-annotations", List.of("error.HasAWireName"));
        reports.put("picocli", List.of("config.IsACommand"));
        reports.put("strangers", List.of("internal.retry.BorrowsALibrary", "mcp.SpeaksOfBeans"));
        reports.put("blocking-reads", List.of("Waits.blocks(", "Waits.blocksByReference("));
        reports.put("subscribe", List.of("Waits.subscribes("));
        reports.put("publish-on", List.of("Waits.buffers("));
        reports.put("sinks", List.of("Waits.pushes("));
        reports.put("bounded-elastic", List.of("Waits.movesAway("));
        reports.put("threads", List.of("Waits.starts(", "Waits.sleeps("));
        reports.put("console", List.of("Prints.print("));
        reports.put("static-state", List.of("Counts.REQUESTS is shared", "Counts.closed is shared"));
        return reports;
    }
}
