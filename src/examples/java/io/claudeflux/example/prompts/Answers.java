package io.claudeflux.example.prompts;

import io.claudeflux.message.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The output: one JSON object a line, each written whole and at once. Blocks.
 *
 * <p>What was killed in the middle of a line leaves half of one behind, which is taken off when the file is opened
 * again.
 */
final class Answers implements AutoCloseable {
    private static final byte LINE_END = '\n';

    private final Set<String> known = new HashSet<>();
    private final OutputStream out;
    private boolean isClosed;

    /** Opens a file, or makes one; what is in it stays. */
    Answers(Path file) throws IOException {
        if (Files.exists(file)) {
            cutHalfALine(file);
            try (Stream<String> lines = Files.lines(file)) {
                lines.map(Json::parse)
                        .forEach(line -> line.get("id").flatMap(Json::asString).ifPresent(known::add));
            }
        }
        out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static void cutHalfALine(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long end = channel.size();
            ByteBuffer last = ByteBuffer.allocate(1);
            while (end > 0 && channel.read(last.clear(), end - 1) == 1 && last.get(0) != LINE_END) {
                end--;
            }
            channel.truncate(end);
        }
    }

    /** Whether there was an answer to it before this run. */
    boolean has(Prompt prompt) {
        return known.contains(prompt.id());
    }

    /** Behind the end it does nothing: a Ctrl-C comes on another thread, at any time. */
    synchronized void write(Answer answer) {
        if (isClosed) {
            return;
        }
        try {
            out.write((answer.json() + (char) LINE_END).getBytes(StandardCharsets.UTF_8));
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        try {
            out.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
