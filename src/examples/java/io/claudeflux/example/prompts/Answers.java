package io.claudeflux.example.prompts;

import io.claudeflux.message.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The output: one JSON object a line, each written whole and at once. Blocks.
 *
 * <p>What was killed in the middle of a line leaves half of one behind, which is taken off when the file is opened
 * again. A file with other lines is refused as it is: it may be the prompts.
 */
final class Answers implements AutoCloseable {
    private static final byte LINE_END = '\n';

    private final Set<String> known = new HashSet<>();
    private final OutputStream out;
    private boolean isClosed;

    /** Opens a file, or makes one; what is in it stays. */
    Answers(Path file) throws IOException {
        if (Files.exists(file)) {
            boolean isWhole = read(file);
            endTheLastLine(file, isWhole);
        }
        out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Learns what is there, and whether the last line is whole. A character may be cut, too, and is none then. */
    private boolean read(Path file) throws IOException {
        boolean isWhole = true;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!isWhole) {
                    throw noAnswer(file);
                }
                isWhole = line.isBlank() || learn(line);
            }
            if (!isWhole && known.isEmpty()) {
                throw noAnswer(file);
            }
        }
        return isWhole;
    }

    private static IOException noAnswer(Path file) {
        return new IOException(file + " has a line that is no answer: is it the right file?");
    }

    private boolean learn(String line) {
        try {
            Json answer = Json.parse(line);
            Optional<String> id = answer.get("id").flatMap(Json::asString);
            id.ifPresent(known::add);
            return id.isPresent() && answer.get("ms").isPresent();
        } catch (IllegalArgumentException noJson) {
            return false;
        }
    }

    private static void endTheLastLine(Path file, boolean isWhole) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long end = channel.size();
            ByteBuffer last = ByteBuffer.allocate(1);
            while (end > 0 && channel.read(last.clear(), end - 1) == 1 && last.get(0) != LINE_END) {
                if (isWhole) {
                    channel.write(ByteBuffer.wrap(new byte[] {LINE_END}), end);
                    return;
                }
                end--;
            }
            if (!isWhole && end == channel.size()) {
                throw noAnswer(file);
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
