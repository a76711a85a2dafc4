package io.claudeflux.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.fixture.LogCapture;
import io.claudeflux.message.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of a login: what counts when it cannot be written, and when somebody else has written it. */
class CredentialsFileTests {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final String OLD =
            "{\"type\":\"oauth_token\",\"access_token\":\"old-access\",\"expires_at\":1,\"refresh_token\":\"old-refresh\"}";
    private static final Json ANSWER =
            Json.parse("{\"access_token\":\"new-access\",\"refresh_token\":\"new-refresh\",\"expires_in\":60}");

    @TempDir
    private Path directory;

    @Test
    void whatCouldNotBeWrittenIsRememberedUntilSomebodyElseWrites() throws IOException {
        Path path = Files.writeString(directory.resolve("login.json"), OLD);
        CredentialsFile file = new CredentialsFile("profile", path);
        StoredTokens read = file.read(NOW);
        assertThat(read.refresh()).isEqualTo("old-refresh");
        try (LogCapture logs = LogCapture.start("new-access", "new-refresh", "old-refresh")) {
            Files.delete(path);
            file.write(read.with(TokenAnswer.read(ANSWER, NOW)));
            assertThat(logs.newest())
                    .filteredOn(line -> line.startsWith("WARN"))
                    .singleElement()
                    .asString()
                    .contains("could not be written to " + path, "NoSuchFileException");
            logs.assertClean();
        }
        Files.writeString(path, OLD);
        assertThat(file.read(NOW).refresh()).isEqualTo("new-refresh");
        Files.writeString(path, OLD.replace("old-refresh", "of-another-program"));
        assertThat(file.read(NOW).refresh()).isEqualTo("of-another-program");
    }

    @Test
    void refreshTokenThatWasNotRotatedStays() throws IOException {
        Path path = Files.writeString(directory.resolve("login.json"), OLD);
        CredentialsFile file = new CredentialsFile("profile", path);
        Json answer = Json.parse("{\"access_token\":\"new-access\",\"expires_in\":60}");
        file.write(file.read(NOW).with(TokenAnswer.read(answer, NOW)));
        assertThat(Json.parse(Files.readString(path)))
                .isEqualTo(Json.parse(OLD.replace("old-access", "new-access")
                        .replace("\"expires_at\":1,", "\"expires_at\":" + (NOW.getEpochSecond() + 60) + ",")));
        StoredTokens again = new CredentialsFile("profile", path).read(NOW);
        assertThat(again.access()).isNotNull();
        assertThat(again.toString()).doesNotContain("new-access", "old-refresh");
    }
}
