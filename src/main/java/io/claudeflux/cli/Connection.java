package io.claudeflux.cli;

import io.claudeflux.ClaudeClient;
import io.claudeflux.error.ConfigurationException;
import io.claudeflux.simulator.ClaudeSimulator;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A client for one question: of the real API where the environment says who asks, else of a simulator that lives as
 * long.
 *
 * @param claude the client
 * @param simulator what it talks to, or null for the real API
 */
record Connection(ClaudeClient claude, @Nullable ClaudeSimulator simulator) implements AutoCloseable {
    private static final String KEY = "ANTHROPIC_API_KEY";
    private static final String TOKEN = "ANTHROPIC_AUTH_TOKEN";
    private static final String BASE_URL = "ANTHROPIC_BASE_URL";
    private static final Duration PACE = Duration.ofMillis(30);

    /** Whether the library finds out who asks: by a key, a token, a profile, federation or a header. */
    static boolean hasCredentials(Shell shell) {
        try {
            shell.clients().get().build().close();
            return true;
        } catch (ConfigurationException wrong) {
            return !isWithoutCredentials(shell, wrong);
        }
    }

    /** Whether a client cannot be built because nothing says who asks. */
    static boolean isWithoutCredentials(Shell shell, ConfigurationException wrong) {
        return wrong.setting().equals("apiKey") && shell.variable(KEY) == null;
    }

    static Connection open(Shell shell) {
        try {
            return new Connection(shell.clients().get().build(), null);
        } catch (ConfigurationException wrong) {
            if (isWithoutCredentials(shell, wrong)) {
                return simulated(shell);
            }
            throw wrong;
        }
    }

    private static Connection simulated(Shell shell) {
        ClaudeSimulator simulator = ClaudeSimulator.builder().pace(PACE).start();
        ClaudeClient claude = shell.clients()
                .get()
                .apiKey("simulated")
                .baseUrl(simulator.baseUrl())
                .build();
        return new Connection(claude, simulator);
    }

    /** Where a person who uses the command line has made a setting of the client. */
    static String variable(String setting) {
        return switch (setting) {
            case "apiKey" -> KEY;
            case "authToken" -> TOKEN;
            case "baseUrl" -> BASE_URL;
            default -> setting;
        };
    }

    boolean isSimulated() {
        return simulator != null;
    }

    @Override
    public void close() {
        claude.close();
        if (simulator != null) {
            simulator.close();
        }
    }
}
