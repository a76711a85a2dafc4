package io.claudeflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.config.RetryPolicy;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.fixture.HookProbe;
import io.claudeflux.fixture.LogCapture;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;

/**
 * A scripted server, a directory for profiles, an environment of its own, and a client that is built when it is first
 * needed. {@link #close()} looks for pieces of the secrets in everything that was logged or failed.
 */
final class TokenBench implements AutoCloseable {
    static final String ASSERTION = "eyJhbGciOi.WALRUS-STATEMENT-777.c2lnbmF0dXJl";
    static final String FIRST = "sk-ant-oat01-FIRST-0123456789abcdef";
    static final String SECOND = "sk-ant-oat01-SECOND-9876543210fedcba";
    static final String REFRESH = "sk-ant-ort01-REFRESH-5555aaaa5555bbbb";
    static final String REFRESHED = "sk-ant-ort01-ROTATED-6666cccc6666dddd";
    static final Duration LIMIT = Duration.ofSeconds(10);

    final Map<String, String> variables = new HashMap<>();
    final ScriptedServer server;
    final List<CallListener.Retry> retries = new CopyOnWriteArrayList<>();
    private final Path directory;
    private final HookProbe hooks = HookProbe.install();
    private final LogCapture logs = LogCapture.start(
            ASSERTION.substring(11),
            FIRST.substring(13),
            SECOND.substring(13),
            REFRESH.substring(13),
            REFRESHED.substring(13));
    private final DefaultClaudeClientBuilder builder = new DefaultClaudeClientBuilder();
    private @Nullable ClaudeClient client;

    TokenBench(Path directory, Script... scripts) {
        this.directory = directory;
        this.server = ScriptedServer.start(scripts);
        variables.put("ANTHROPIC_CONFIG_DIR", directory.toString());
        variables.put("ANTHROPIC_BASE_URL", server.baseUrl());
        builder.environment(variables::get).retry(RetryPolicy.none()).listener(new CallListener() {
            @Override
            public void onRetry(Retry retry) {
                retries.add(retry);
            }
        });
    }

    TokenBench with(UnaryOperator<ClaudeClient.Builder> settings) {
        assertThat(settings.apply(builder)).isSameAs(builder);
        return this;
    }

    DefaultClaudeClientBuilder builder() {
        return builder;
    }

    /** Federation described by variables. */
    TokenBench federated() {
        variables.put("ANTHROPIC_FEDERATION_RULE_ID", "fdrl_1");
        variables.put("ANTHROPIC_ORGANIZATION_ID", "org-1");
        variables.put("ANTHROPIC_IDENTITY_TOKEN", ASSERTION);
        return this;
    }

    /** A person's login as the default profile. */
    TokenBench loggedIn(String credentials) {
        write("configs/default.json", """
                {"authentication": {"type": "user_oauth", "client_id": "client-1", "scope": "user:inference"},
                 "workspace_id": "wrkspc_1", "organization_id": "org-1"}""");
        write("credentials/default.json", credentials);
        return this;
    }

    static String tokens(String access, long expires, String refresh) {
        return "{\"type\":\"oauth_token\",\"access_token\":\"" + access + "\",\"expires_at\":" + expires
                + ",\"refresh_token\":\"" + refresh + "\",\"account\":{\"of\":\"another program\"}}";
    }

    static String granted(String access) {
        return "{\"access_token\":\"" + access + "\",\"token_type\":\"Bearer\",\"expires_in\":3600}";
    }

    Path write(String name, String text) {
        try {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            return Assertions.fail(e);
        }
    }

    String read(String name) {
        try {
            return Files.readString(directory.resolve(name));
        } catch (IOException e) {
            return Assertions.fail(e);
        }
    }

    ClaudeClient client() {
        ClaudeClient built = client == null ? builder.build() : client;
        client = built;
        return built;
    }

    static MessageRequest request() {
        return MessageRequest.builder().model("m").maxTokens(1).user("hi").build();
    }

    Outcome<Message> create() {
        Outcome<Message> outcome = Outcome.of(client().messages().create(request()));
        return checked(outcome);
    }

    <T> Outcome<T> checked(Outcome<T> outcome) {
        if (outcome.error() != null) {
            Assertions.assertInstanceOf(ClaudeException.class, outcome.error());
            assertSafe(outcome.error());
        }
        return outcome;
    }

    void assertSafe(Throwable error) {
        StringWriter trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));
        Assertions.assertFalse(logs.betrays(trace.toString()), () -> "An error holds a piece of a secret: " + trace);
    }

    LogCapture logs() {
        return logs;
    }

    @Override
    public void close() {
        try (server;
                hooks;
                logs) {
            if (client != null) {
                client.close();
            }
            server.awaitSettled(Duration.ofSeconds(2));
            hooks.assertNothingDropped();
            logs.assertClean();
        }
    }
}
