package io.claudeflux.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.claudeflux.config.ApiVersion;
import io.claudeflux.config.Terminal;
import io.claudeflux.message.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What editors show of the properties. */
class PropertyMetadataTests {
    private static final Path MADE = Path.of("target/classes/META-INF/spring-configuration-metadata.json");
    private static final Path WRITTEN =
            Path.of("src/main/resources/META-INF/additional-spring-configuration-metadata.json");

    @Test
    void everyPropertyIsDescribedAndEveryHintIsForOne() throws IOException {
        assumeTrue(Files.exists(MADE), "made by the annotation processor, which runs in Maven only");
        Map<String, Object> made = read(MADE);
        List<Map<String, Object>> properties = list(made, "properties");
        Set<Object> names =
                properties.stream().map(property -> property.get("name")).collect(Collectors.toSet());
        assertThat(names)
                .contains(
                        "claude-flux.api-key",
                        "claude-flux.timeouts.first-byte",
                        "claude-flux.retry.transient-backoff.base",
                        "claude-flux.pacing.quota.input-tokens",
                        "claude-flux.tenants.source",
                        "claude-flux.enabled",
                        "management.health.claude-flux.enabled")
                .hasSizeGreaterThan(50);
        assertThat(properties)
                .allSatisfy(property -> assertThat(property.get("description"))
                        .as("%s", property.get("name"))
                        .isInstanceOf(String.class));
        assertThat(list(made, "hints")).isNotEmpty().allMatch(hint -> names.contains(hint.get("name")));
    }

    @Test
    void hintsNameEveryValueThereIs() throws IOException {
        assertThat(hinted("claude-flux.terminal")).containsExactlyElementsOf(names(Terminal.values()));
        assertThat(hinted("claude-flux.tenants.source"))
                .containsExactlyElementsOf(names(ClaudeFluxProperties.Tenants.Source.values()));
        assertThat(hinted("claude-flux.api-version"))
                .containsExactly(ApiVersion.V2023_06_01.value(), ApiVersion.V2026_10_21.value());
    }

    private static List<Object> hinted(String property) throws IOException {
        return list(read(WRITTEN), "hints").stream()
                .filter(hint -> property.equals(hint.get("name")))
                .flatMap(hint -> list(hint, "values").stream())
                .map(value -> value.get("value"))
                .toList();
    }

    private static List<Object> names(Enum<?>... values) {
        return Stream.of(values)
                .<Object>map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static Map<String, Object> read(Path file) throws IOException {
        return Json.parse(Files.readString(file)).toMap();
    }

    @SuppressWarnings("unchecked") // arrays of objects, by the format of the file
    private static List<Map<String, Object>> list(Map<String, Object> object, String name) {
        return (List<Map<String, Object>>) object.getOrDefault(name, List.of());
    }
}
