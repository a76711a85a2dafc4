package io.claudeflux.cli;

import io.claudeflux.ClaudeClient;
import io.claudeflux.simulator.ClaudeSimulator;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A client for one question: of the real API where there is a key, else of a simulator that lives as long.
 *
 * @param claude the client
 * @param simulator what it talks to, or null for the real API
 */
record Connection(ClaudeClient claude, @Nullable ClaudeSimulator simulator) implements AutoCloseable {
    private static final String KEY = "ANTHROPIC_API_KEY";
    private static final String TOKEN = "ANTHROPIC_AUTH_TOKEN";
    private static final String BASE_URL = "ANTHROPIC_BASE_URL";
    private static final Duration PACE = Duration.ofMillis(30);

    static boolean hasCredentials(Shell shell) {
        return shell.variable(KEY) != null || shell.variable(TOKEN) != null;
    }

    static Connection open(Shell shell) {
        return hasCredentials(shell) ? real(shell) : simulated();
    }

    private static Connection real(Shell shell) {
        ClaudeClient.Builder builder = ClaudeClient.builder();
        String key = shell.variable(KEY);
        String token = shell.variable(TOKEN);
        String baseUrl = shell.variable(BASE_URL);
        if (key != null) {
            builder.apiKey(key);
        } else if (token != null) {
            builder.authToken(token);
        }
        if (baseUrl != null) {
            builder.baseUrl(baseUrl);
        }
        return new Connection(builder.build(), null);
    }

    private static Connection simulated() {
        ClaudeSimulator simulator = ClaudeSimulator.builder().pace(PACE).start();
        ClaudeClient claude = ClaudeClient.builder()
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
