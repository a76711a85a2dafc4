package io.claudeflux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.error.ClockException;
import io.claudeflux.error.FailureContext;
import io.claudeflux.simulator.ClaudeSimulator;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command line asks as whom the library would ask, and doctor blames what is to blame. */
@Timeout(60)
class LoginTests {
    private static final String KEY = "sk-ant-TESTKEY-0123456789abcdef";
    private static final String PROFILE = "{\"authentication\":{\"type\":\"user_oauth\"}%s}";

    private final ClaudeSimulator api = ClaudeSimulator.start();
    private final CapturedShell captured = new CapturedShell();

    @TempDir
    private Path directory;

    @AfterEach
    void stop() {
        api.close();
        assertThat(captured.out() + captured.err()).doesNotContain("TESTKEY", "token-of-profile");
    }

    private void profile(String name, String more) throws IOException {
        long expires = Instant.now().plus(Duration.ofHours(9)).getEpochSecond();
        Files.createDirectories(directory.resolve("configs"));
        Files.createDirectories(directory.resolve("credentials"));
        Files.writeString(directory.resolve("configs/" + name + ".json"), PROFILE.formatted(more));
        Files.writeString(
                directory.resolve("credentials/" + name + ".json"),
                "{\"type\":\"oauth_token\",\"access_token\":\"token-of-profile\",\"expires_at\":" + expires
                        + ",\"refresh_token\":\"r\"}");
        captured.with("ANTHROPIC_CONFIG_DIR", directory.toString());
    }

    @Test
    void aNamedProfileIsAskedWithAndNotTheSimulator() throws Exception {
        profile("named", "");
        captured.with("ANTHROPIC_PROFILE", "named").with("ANTHROPIC_BASE_URL", api.baseUrl());

        assertThat(captured.run("ask", "Hi")).isZero();

        assertThat(captured.err()).isEmpty();
        assertThat(api.requests().get(0).header("authorization")).contains("Bearer token-of-profile");
    }

    @Test
    void theProfileInUseIsAskedWithAtItsOwnAddress() throws Exception {
        profile("default", ",\"base_url\":\"" + api.baseUrl() + "\"");

        assertThat(captured.run("ask", "Hi")).isZero();
        assertThat(captured.run("doctor")).isZero();

        assertThat(captured.err()).isEmpty();
        assertThat(captured.out())
                .contains("ok   key      none is needed: who asks is said by the profile in use")
                .contains("ok   address  " + api.baseUrl());
        assertThat(api.requests()).hasSize(2);
    }

    @Test
    void aProfileThatIsNotThereIsNoReasonToSimulate() throws Exception {
        captured.with("ANTHROPIC_CONFIG_DIR", directory.toString()).with("ANTHROPIC_PROFILE", "gone");

        assertThat(captured.run("ask", "Hi")).isEqualTo(Main.FAILED);
        assertThat(captured.err()).contains("gone.json").doesNotContain("simulator");
        captured.with("ANTHROPIC_BASE_URL", api.baseUrl());
        assertThat(captured.run("doctor")).isEqualTo(Main.FAILED);
        assertThat(captured.out()).contains("FAIL key", "gone.json").doesNotContain("2 things");
    }

    @Test
    void halfADescriptionOfFederationIsSaidToBeHalf() throws Exception {
        captured.with("ANTHROPIC_FEDERATION_RULE_ID", "fdrl_1");

        assertThat(captured.run("ask", "Hi")).isEqualTo(Main.FAILED);
        assertThat(captured.err()).contains("ANTHROPIC_IDENTITY_TOKEN").doesNotContain("simulator");
    }

    @Test
    void aWrongAddressIsNotBlamedOnTheKey() throws Exception {
        captured.with("ANTHROPIC_API_KEY", KEY).with("ANTHROPIC_BASE_URL", "http://user:word@example.com");

        assertThat(captured.run("doctor")).isEqualTo(Main.FAILED);

        assertThat(captured.out()).contains("ok   key", "FAIL address", "1 thing fails.");
    }

    @Test
    void aWrongHeaderIsBlamedOnceAndOnNeitherKeyNorAddress() throws Exception {
        captured.with("ANTHROPIC_API_KEY", KEY)
                .with("ANTHROPIC_BASE_URL", api.baseUrl())
                .with("ANTHROPIC_CUSTOM_HEADERS", "b@d: x");

        assertThat(captured.run("doctor")).isEqualTo(Main.FAILED);

        assertThat(captured.out())
                .contains("ANTHROPIC_CUSTOM_HEADERS: line 1", "ok   address", "1 thing fails.")
                .doesNotContain("ANTHROPIC_API_KEY: ", "ANTHROPIC_BASE_URL: ");
    }

    @Test
    void aProxyThatIsNotThereIsNotSearchedForBehindAnotherOne() throws Exception {
        captured.with("ANTHROPIC_API_KEY", KEY).with("ANTHROPIC_BASE_URL", "https://api.invalid");

        assertThat(captured.run("doctor", "--proxy", "http://127.0.0.1:1")).isEqualTo(Main.FAILED);
        assertThat(captured.run("doctor", "--proxy", "http://proxy.invalid:1")).isEqualTo(Main.FAILED);

        assertThat(captured.out())
                .contains("FAIL tcp", "FAIL dns", "Check the proxy's host and port.")
                .doesNotContain("try doctor --proxy", "ANTHROPIC_BASE_URL");
    }

    @Test
    void noConnectionIsNotCalledOneThatStands() {
        ClockException late = new ClockException(
                ClockException.Clock.CONNECT, Duration.ofSeconds(10), null, FailureContext.attempted(true));

        assertThat(Advice.of(late)).singleElement().asString().startsWith("No connection stood in time");
    }

    @Test
    void aHandshakeThatDripsEndsAsOneThatIsSilent() throws Exception {
        try (ServerSocket server = new ServerSocket(0)) {
            Thread dripping = new Thread(() -> drip(server), "dripping");
            dripping.setDaemon(true);
            dripping.start();
            captured.with("ANTHROPIC_API_KEY", KEY)
                    .with("ANTHROPIC_BASE_URL", "https://127.0.0.1:" + server.getLocalPort());

            assertThat(captured.run("doctor")).isEqualTo(Main.FAILED);
        }

        assertThat(captured.out()).contains("no TLS with 127.0.0.1: no answer within 5 s");
    }

    /** A record of a handshake whose 16 KB take hours, for each who connects. */
    private static void drip(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                socket.setSoTimeout(500);
                socket.getOutputStream().write(new byte[] {22, 3, 3, 0x40, 0});
                for (int i = 0; i < 60; i++) {
                    pause(socket);
                    socket.getOutputStream().write(2);
                }
            } catch (IOException gone) {
                // Whoever comes next is dripped on all the same.
            }
        }
    }

    /** Half a second, or until the other end says something. */
    private static void pause(Socket socket) throws IOException {
        try {
            if (socket.getInputStream().readNBytes(10_000).length < 10_000) {
                throw new IOException("the other end is gone");
            }
        } catch (SocketTimeoutException passed) {
            // As long as it was to take.
        }
    }
}
