package io.claudeflux.cli;

import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.ConfigurationException;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A command that asks something: says who answers where that is no API, and puts what fails in one line. */
final class Session {
    private Session() {}

    /** Runs the work with a client of its own. */
    static int run(Shell shell, ToIntFunction<Connection> work) {
        try (Connection connection = Connection.open(shell)) {
            if (connection.isSimulated()) {
                shell.err().println("claude-flux: no ANTHROPIC_API_KEY found, the simulator inside this JVM answers");
                shell.err().flush();
            }
            return work.applyAsInt(connection);
        } catch (ConfigurationException wrong) {
            String variable = Connection.variable(wrong.setting());
            return shell.fail(Main.FAILED, variable + ": " + wrong.getMessage());
        } catch (ClaudeException failed) {
            return shell.fail(Main.FAILED, String.valueOf(failed.getMessage()));
        }
    }

    /** Waits for one value and prints it, unless Ctrl-C comes first. */
    static <T> int print(Shell shell, Mono<T> value, Consumer<T> printer) {
        @Nullable T answer = value.takeUntilOther(shell.interrupt().signal()).block();
        if (answer == null || shell.interrupt().isRaised()) {
            return Interrupt.EXIT_CODE;
        }
        printer.accept(answer);
        return shell.out().checkError() ? Main.CLOSED_PIPE : Main.OK;
    }
}
