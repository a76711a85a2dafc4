package io.claudeflux.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How much a WebFlux application on Spring Boot grows by each client, beyond what it has anyway. */
class WeightPeerTests {
    /** The limit of our jar; {@code JarBudgetIT} holds it there, and PomBudgetTests that WebFlux has the rest. */
    private static final long OURS = 1 << 20;

    private static final String OKHTTP = "okhttp-4|okio-|kotlin-stdlib-";
    private static final String SDK_LIBRARIES = "anthropic-java-|standardwebhooks-|swagger-annotations-|kotlin-reflect-"
            + "|jackson-module-kotlin-|jackson-datatype-j|jackson-databind-2|jackson-core-2|" + OKHTTP;

    @Test
    void jarsThatTheOfficialSdkBrings() throws IOException {
        assertThat(bytes(jars(SDK_LIBRARIES))).isBetween(50 * OURS, 60 * OURS);
    }

    @Test
    void jarsThatSpringAiBrings() throws IOException {
        List<Path> libraries = jars(SDK_LIBRARIES + "|spring-ai-").stream()
                .filter(jar -> !jar.getFileName().toString().startsWith("anthropic-java"))
                .toList();
        long sdk = Files.size(Path.of("target", "peers", "anthropic-java-core-2.52.0.jar"));

        assertThat(bytes(libraries) + sdk).isBetween(25 * OURS, 35 * OURS);
    }

    private static List<Path> jars(String names) {
        Pattern wanted = Pattern.compile("(" + names + ").*\\.jar");
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(jar -> wanted.matcher(String.valueOf(jar.getFileName())).lookingAt())
                .toList();
    }

    private static long bytes(List<Path> jars) throws IOException {
        assertThat(jars).hasSizeGreaterThan(5);
        long sum = 0;
        for (Path jar : jars) {
            sum += Files.size(jar);
        }
        return sum;
    }
}
