package io.claudeflux.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Looks into the jars that users get. */
class JarBudgetIT {
    private static final long MEGABYTE = 1_048_576;

    /** Path of the main jar without its ending; Failsafe sets it. */
    private static final String JAR = Objects.requireNonNull(System.getProperty("claudeflux.jar"), "claudeflux.jar");

    @Test
    void theMainJarIsSmall() throws IOException {
        assertThat(Files.size(Path.of(JAR + ".jar"))).isBetween(1_000L, MEGABYTE);
    }

    @Test
    void theMainJarHoldsNeitherSimulatorNorCommandLine() throws IOException {
        assertThat(entries(".jar"))
                .contains("io/claudeflux/message/")
                .noneMatch(name -> name.startsWith("io/claudeflux/simulator"))
                .noneMatch(name -> name.startsWith("io/claudeflux/cli"))
                .noneMatch(name -> name.matches("io/claudeflux/(springai|langchain4j|mcp|example)/.*"))
                .noneMatch(name -> name.startsWith("io/claudeflux/gate"));
    }

    @ParameterizedTest
    @CsvSource({
        "simulator, io/claudeflux/simulator/",
        "cli, io/claudeflux/cli/",
        "adapters, io/claudeflux/(springai|langchain4j|mcp)/"
    })
    void theOtherJarsHoldNothingElse(String classifier, String itsPackages) throws IOException {
        assertThat(entries("-" + classifier + ".jar"))
                .filteredOn(name -> name.endsWith(".class"))
                .isNotEmpty()
                .allMatch(name -> name.matches(itsPackages + ".*"));
    }

    @ParameterizedTest
    @CsvSource({
        ".jar, io.claudeflux",
        "-simulator.jar, io.claudeflux.simulator",
        "-cli.jar, io.claudeflux.cli",
        "-adapters.jar, io.claudeflux.adapters"
    })
    void everyJarHasItsModuleName(String ending, String moduleName) throws IOException {
        assertThat(manifest(ending).getValue("Automatic-Module-Name")).isEqualTo(moduleName);
    }

    @Test
    void theCommandLineStartsByItself() throws IOException {
        assertThat(manifest("-cli.jar").getValue(Attributes.Name.MAIN_CLASS)).isEqualTo("io.claudeflux.cli.Main");
    }

    private static List<String> entries(String ending) throws IOException {
        try (JarFile jar = new JarFile(JAR + ending)) {
            return jar.stream().map(ZipEntry::getName).toList();
        }
    }

    private static Attributes manifest(String ending) throws IOException {
        try (JarFile jar = new JarFile(JAR + ending)) {
            return jar.getManifest().getMainAttributes();
        }
    }
}
