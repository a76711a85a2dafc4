package io.claudeflux.example.chat;

import io.claudeflux.fixture.Await;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The driver as a process, and below it all those of the browser: ended together, whatever they are waiting for. */
final class BrowserProcess implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Pattern PORT = Pattern.compile("started successfully on port (\\d+)");
    private static final int LINES = 40;
    private static final int WIDTH = 200;

    private final Process driver;
    private final Path log;
    private final URL url;

    private BrowserProcess(Process driver, Path log, URL url) {
        this.driver = driver;
        this.log = log;
        this.url = url;
    }

    /** What it and the browser say goes to a file: a pipe that nobody reads would hold them up. */
    static BrowserProcess start(File executable, Path directory) throws IOException {
        Path said = Files.createTempFile(directory, "driver", ".txt");
        Path log = Files.createTempFile(directory, "driver", ".log");
        Process driver = new ProcessBuilder(
                        executable.getPath(), "--port=0", "--verbose", "--readable-timestamp", "--log-path=" + log)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            Await.untilOrFail("a port of the driver", SOON, () -> port(said).find());
            String port = port(said).results().findFirst().orElseThrow().group(1);
            return new BrowserProcess(
                    driver, log, URI.create("http://127.0.0.1:" + port).toURL());
        } catch (IOException | RuntimeException | Error failure) {
            driver.destroyForcibly();
            throw failure;
        }
    }

    private static Matcher port(Path said) {
        try {
            return PORT.matcher(Files.readString(said, StandardCharsets.ISO_8859_1));
        } catch (IOException unread) {
            throw new UncheckedIOException(unread);
        }
    }

    URL url() {
        return url;
    }

    /**
     * Whether the page, rather than anything else of the browser, uses a processor now: a loop in it does, a wait not.
     */
    boolean isPageComputing() {
        Duration before = used();
        Await.elapse(LOOK);
        return used().minus(before).compareTo(LOOK.dividedBy(5)) > 0;
    }

    private Duration used() {
        return all().filter(process -> commandLine(process).contains("--type=renderer"))
                .map(BrowserProcess::used)
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static Duration used(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Chromium writes over its own, and {@link ProcessHandle} only shows the first word of that. */
    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", "" + process.pid(), "cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    private Stream<ProcessHandle> all() {
        return Stream.concat(Stream.of(driver.toHandle()), driver.descendants());
    }

    /** What may tell why it hangs: its processes, and what the driver and the browser said to each other last. */
    String state() {
        String processes = all().map(
                        process -> process.pid() + " used " + used(process).toMillis() + " ms: "
                                + cut(commandLine(process).replace('\0', ' ')))
                .collect(Collectors.joining("\n"));
        return processes + "\n" + lastLines();
    }

    private String lastLines() {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
            return lines.stream()
                    .skip(Math.max(0, lines.size() - LINES))
                    .map(BrowserProcess::cut)
                    .collect(Collectors.joining("\n"));
        } catch (IOException unread) {
            return "no log: " + unread;
        }
    }

    private static String cut(String line) {
        return line.substring(0, Math.min(WIDTH, line.length()));
    }

    @Override
    public void close() {
        // Listed first: whoever has lost its parent is no descendant any more.
        List<ProcessHandle> processes = all().toList();
        processes.forEach(ProcessHandle::destroyForcibly);
        Await.until(SOON, () -> processes.stream().noneMatch(ProcessHandle::isAlive));
    }
}
