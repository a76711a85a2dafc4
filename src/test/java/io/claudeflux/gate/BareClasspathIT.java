package io.claudeflux.gate;

import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.h200;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.fixture.Canary;
import io.claudeflux.fixture.Certificates;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.ScriptedServer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The main jar in a JVM of its own with the libraries it cannot do without, and none of those that an application may
 * have: no metrics, no native transports or QUIC, no logging backend, no test library.
 */
class BareClasspathIT {
    private static final Path JAR =
            Path.of(Objects.requireNonNull(System.getProperty("claudeflux.jar"), "claudeflux.jar") + ".jar");

    /** HTTP/2 and HTTP/3 are never spoken, yet Reactor Netty names their classes in those it needs. */
    private static final Pattern NEEDED = Pattern.compile("(reactor-netty-(http|core)|reactor-core|reactive-streams"
            + "|netty-(common|buffer|transport|transport-native-unix-common|resolver|resolver-dns|handler|handler-proxy"
            + "|codec(-base|-http|-http2|-http3|-dns|-socks|-classes-quic)?)"
            + "|jackson-(core|databind|annotations)|slf4j-api)-\\d[^-]*\\.jar");

    @TempDir
    Path folder;

    @Test
    void answersArriveInTheClearAndOverTlsWithoutAnyOptionalJar() throws Exception {
        Certificates certificates = Certificates.in(folder);
        Script answer = reply(h200(), chunk(good(Canary.ANSWER)), end());
        try (ScriptedServer plain = ScriptedServer.start(answer);
                ScriptedServer tls = ScriptedServer.start(certificates.good(), answer)) {
            Process process = new ProcessBuilder(
                            command(certificates.trustStoreFile(), plain.baseUrl(), "https://127.0.0.1:" + tls.port()))
                    .redirectErrorStream(true)
                    .start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(out).isZero();
            assertThat(out.lines().filter(Canary.ANSWER::equals)).as(out).hasSize(2);
            assertThat(out).doesNotContain(Canary.KEY);
        }
    }

    @Test
    void schemasWrittenByHandWorkAndThoseOfClassesSayWhatIsMissing() throws Exception {
        Process process = new ProcessBuilder(java(BareSchema.class))
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(out).isZero();
        assertThat(out).contains("by hand: []");
        assertThat(out.lines()
                        .filter(line -> line.contains("com.github.victools:jsonschema-generator:5.0.0")
                                && line.contains("com.github.victools:jsonschema-module-jackson:5.0.0")
                                && line.contains("JsonSchema.of(Json)")))
                .as(out)
                .hasSize(2);
    }

    @Test
    void nothingOptionalIsOnThatPath() {
        assertThat(libraries())
                .hasSizeBetween(18, 26)
                .noneMatch(jar -> jar.matches(".*(micrometer|context-propagation|native-(quic|epoll|kqueue|macos)|epoll"
                        + "|logback|brotli|zstd|bcp|blockhound|picocli|jsonschema|classmate|test).*"));
    }

    private List<String> command(Path trustStore, String... urls) throws IOException {
        List<String> command = new ArrayList<>(java(BareStart.class));
        command.addAll(
                1, List.of("-Djavax.net.ssl.trustStore=" + trustStore, "-Djavax.net.ssl.trustStorePassword=changeit"));
        command.addAll(Arrays.asList(urls));
        return command;
    }

    private List<String> java(Class<?> main) throws IOException {
        List<String> path = new ArrayList<>(List.of(JAR.toString(), ownClasses().toString()));
        path.addAll(libraries());
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                String.join(File.pathSeparator, path),
                main.getName());
    }

    /** The classes of ours that run there, in a folder without the rest of the tests. */
    private Path ownClasses() throws IOException {
        Path classes = folder.resolve("classes");
        for (Class<?> one : List.of(BareStart.class, BareSchema.class, Canary.class)) {
            String name = one.getName().replace('.', '/') + ".class";
            Path target = classes.resolve(name);
            Files.createDirectories(target.getParent());
            try (InputStream in = Objects.requireNonNull(one.getClassLoader().getResourceAsStream(name))) {
                Files.copy(in, target);
            }
        }
        return classes;
    }

    private static List<String> libraries() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(jar ->
                        NEEDED.matcher(Path.of(jar).getFileName().toString()).matches())
                .toList();
    }
}
