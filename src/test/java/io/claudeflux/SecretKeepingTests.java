package io.claudeflux;

import static io.claudeflux.TokenBench.FIRST;
import static io.claudeflux.TokenBench.REFRESH;
import static io.claudeflux.TokenBench.granted;
import static io.claudeflux.TokenBench.tokens;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.hang;
import static io.claudeflux.fixture.Steps.json;
import static io.claudeflux.fixture.Steps.rst;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.config.RetryPolicy;
import io.claudeflux.config.Timeouts;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.fixture.LogCapture;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.ScriptedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No object of a client shows a secret it holds, and no error takes one along when it is serialised. */
@Timeout(60)
class SecretKeepingTests {
    private static final String SECRET = "TESTKEY-0123456789abcdef";
    private static final Script GOOD = reply(h200(), chunk(good("hi")), end());

    @TempDir
    private Path directory;

    @Test
    void noObjectOfAClientShowsAKey() throws Exception {
        for (UnaryOperator<ClaudeClient.Builder> login : logins()) {
            try (ScriptedServer server = ScriptedServer.start(GOOD);
                    LogCapture pieces = LogCapture.start(SECRET)) {
                ClaudeClient.Builder builder = login.apply(new DefaultClaudeClientBuilder()
                        .environment(name -> null)
                        .baseUrl(server.baseUrl()));
                try (ClaudeClient client = builder.build()) {
                    assertThat(Outcome.of(client.messages().create(TokenBench.request()))
                                    .isComplete())
                            .isTrue();
                    assertThat(walk(builder, pieces)).isGreaterThan(5);
                    assertThat(walk(client, pieces)).isGreaterThan(30);
                }
            }
        }
    }

    private static List<UnaryOperator<ClaudeClient.Builder>> logins() {
        return List.of(
                b -> b.apiKey("sk-ant-" + SECRET),
                b -> b.authToken(SECRET),
                b -> b.header("authorization", "Bearer " + SECRET),
                b -> b.apiKey("k").header("x-a", SECRET));
    }

    @Test
    void noObjectOfAClientShowsAToken() throws Exception {
        String rotated = granted(FIRST).replace("}", ",\"refresh_token\":\"" + TokenBench.REFRESHED + "\"}");
        try (TokenBench bench = new TokenBench(directory, reply(json(200, rotated)), GOOD)
                .loggedIn(tokens(TokenBench.SECOND, 1, REFRESH))) {
            assertThat(bench.create().isComplete()).isTrue();
            assertThat(walk(bench.client(), bench.logs())).isGreaterThan(30);
        }
        try (TokenBench bench = new TokenBench(directory, reply(json(200, granted(FIRST))), GOOD).federated()) {
            assertThat(bench.create().isComplete()).isTrue();
            assertThat(walk(bench.client(), bench.logs())).isGreaterThan(30);
        }
    }

    @Test
    void errorsTakeNoSecretAlongWhenTheyAreSerialised() throws Exception {
        Script[] faults = {
            reply(json(401, "{}")),
            reply(json(400, "{}")),
            reply(rst()),
            reply(h200(), chunk("event: x\ndata: {\n\n"), end()),
            reply(hang())
        };
        for (Script fault : faults) {
            try (ScriptedServer server = ScriptedServer.start(fault);
                    LogCapture pieces = LogCapture.start(SECRET);
                    ClaudeClient client = new DefaultClaudeClientBuilder()
                            .environment(name -> null)
                            .baseUrl(server.baseUrl())
                            .timeouts(Timeouts.defaults().withFirstByte(Duration.ofMillis(100)))
                            .retry(RetryPolicy.none())
                            .apiKey("sk-ant-" + SECRET)
                            .build()) {
                ClaudeException error = Outcome.of(client.messages().create(TokenBench.request()))
                        .error(ClaudeException.class);
                assertThat(pieces.betrays(serialised(error))).isFalse();
                assertThat(walk(error, pieces)).isPositive();
            }
        }
    }

    /** As text; what cannot be serialised says so, and nothing else. */
    private static String serialised(Throwable error) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(error);
        } catch (NotSerializableException clean) {
            return bytes.toString(StandardCharsets.ISO_8859_1) + clean.getMessage();
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    /** Looks at what every object of ours shows that can be reached; answers how many there were. */
    private static int walk(Object root, LogCapture pieces) throws IllegalAccessException {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> open = new ArrayDeque<>();
        open.add(root);
        int shown = 0;
        while (!open.isEmpty()) {
            Object object = open.remove();
            if (!seen.add(object)) {
                continue;
            }
            if (isOurs(object)) {
                shown++;
                assertThat(pieces.betrays(String.valueOf(object)))
                        .as("%s shows a secret", object.getClass())
                        .isFalse();
            }
            within(object).forEach(open::add);
        }
        return shown;
    }

    private static boolean isOurs(Object object) {
        return isOurs(object.getClass());
    }

    private static Collection<Object> within(Object object) throws IllegalAccessException {
        Collection<Object> found = new ArrayList<>();
        if (object instanceof Collection<?> elements) {
            found.addAll(elements);
        } else if (object instanceof Map<?, ?> map) {
            found.addAll(map.values());
        } else if (object instanceof Object[] array) {
            found.addAll(Arrays.asList(array));
        } else if (object instanceof AtomicReference<?> reference) {
            found.add(reference.get());
        } else if (isOurs(object)) {
            for (Class<?> type = object.getClass(); isOurs(type); type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers())) {
                        field.setAccessible(true);
                        found.add(field.get(object));
                    }
                }
            }
        }
        found.removeIf(Objects::isNull);
        return found;
    }

    private static boolean isOurs(Class<?> type) {
        return type != null
                && type.getName().startsWith("io.claudeflux.")
                && !type.getName().startsWith("io.claudeflux.fixture.");
    }
}
