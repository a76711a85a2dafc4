package io.claudeflux.speed.result;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.json.JsonMapper;

/** The samples of a run in a file, one a line, as they come: what an interrupted run has got is not lost. */
public final class Journal {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path file;

    public Journal(Path file) {
        this.file = file;
    }

    /** All that there are, in the order in which they came. */
    public List<Sample> samples() throws IOException {
        return Files.exists(file)
                ? Files.readAllLines(file).stream()
                        .map(line -> JSON.readValue(line, Sample.class))
                        .toList()
                : List.of();
    }

    /** Adds one. */
    public void add(Sample sample) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, JSON.writeValueAsString(sample) + "\n", CREATE, APPEND);
    }

    /** Removes some. */
    public void remove(Predicate<Sample> unwanted) throws IOException {
        List<Sample> kept =
                samples().stream().filter(sample -> !unwanted.test(sample)).toList();
        Files.deleteIfExists(file);
        for (Sample sample : kept) {
            add(sample);
        }
    }
}
