package io.claudeflux.cli;

import io.claudeflux.ClaudeClient;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * What a command was given by its process.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param environment a variable by its name
 * @param clients builders of clients that look for what is not set in that environment
 * @param terminal what {@code out} leads to
 * @param interrupt Ctrl-C
 */
record Shell(
        InputStream in,
        PrintWriter out,
        PrintWriter err,
        UnaryOperator<@Nullable String> environment,
        Supplier<ClaudeClient.Builder> clients,
        Terminal terminal,
        Interrupt interrupt)
        implements AutoCloseable {

    static Shell ofProcess() {
        UnaryOperator<@Nullable String> environment = System::getenv;
        return new Shell(
                System.in,
                writer(System.out),
                writer(System.err),
                environment,
                ClaudeClient::builder,
                Terminal.probe(environment),
                Interrupt.ofProcess());
    }

    /** A variable's value; null where it is not set or empty. */
    @Nullable String variable(String name) {
        String value = environment.apply(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** The one thread that prints; it may wait for a slow terminal, which is why it is not an event loop. */
    static Scheduler printer() {
        return Schedulers.newBoundedElastic(1, Integer.MAX_VALUE, "claude-flux-printer", 60, true);
    }

    /** One line that does not wrap, which displays below it count on. */
    void say(Paint paint, String text) {
        boolean fits = !terminal.isScreen() || Columns.of(text) < terminal.columns();
        String line = fits ? text : Columns.head(text, terminal.columns() - 1);
        out.println(paint.on(line, terminal.hasColour()));
    }

    /** One line that says what went wrong. */
    int fail(int exitCode, String complaint) {
        out.flush();
        err.println("claude-flux: " + complaint.strip().replaceAll("\\s*\\R\\s*", " "));
        err.flush();
        return exitCode;
    }

    @Override
    public void close() {
        out.flush();
        err.flush();
        interrupt.close();
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(
                new OutputStreamWriter(new BufferedOutputStream(new Telling(stream), 1 << 16), charset()));
    }

    /**
     * A print stream keeps quiet about a pipe that is closed; this one says so, which makes it
     * {@link PrintWriter#checkError()}.
     */
    private static final class Telling extends FilterOutputStream {
        private final PrintStream stream;

        Telling(PrintStream stream) {
            super(stream);
            this.stream = stream;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            stream.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            if (stream.checkError()) {
                throw new IOException("nobody reads this any more");
            }
        }
    }

    /**
     * The system's encoding; UTF-8 where that is plain ASCII, as in containers without a locale: answers are rarely
     * only ASCII.
     */
    private static Charset charset() {
        String name = System.getProperty(
                "stdout.encoding",
                System.getProperty("native.encoding", Charset.defaultCharset().name()));
        Charset charset = Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
        return charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
    }
}
