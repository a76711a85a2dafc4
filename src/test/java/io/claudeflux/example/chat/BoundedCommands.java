package io.claudeflux.example.chat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.remote.Command;
import org.openqa.selenium.remote.CommandExecutor;
import org.openqa.selenium.remote.CommandInfo;
import org.openqa.selenium.remote.HttpCommandExecutor;
import org.openqa.selenium.remote.Response;
import org.openqa.selenium.remote.http.ClientConfig;
import org.openqa.selenium.remote.http.HttpMethod;

/** Sends commands to the driver and waits for each no longer than this; what the driver answers is no concern of it. */
final class BoundedCommands implements CommandExecutor {
    /** Chromium's own protocol, which can do what WebDriver cannot. */
    static final String CDP = "executeCdpCommand";

    private static final Duration BOUND = Duration.ofSeconds(20);

    private final BrowserProcess process;
    private final CommandExecutor commands;
    private final AtomicReference<@Nullable BrowserHung> hang = new AtomicReference<>();

    BoundedCommands(BrowserProcess process) {
        this.process = process;
        this.commands = new HttpCommandExecutor(
                Map.of(CDP, new CommandInfo("/session/:sessionId/goog/cdp/execute", HttpMethod.POST)),
                process.url(),
                ClientConfig.defaultConfig().readTimeout(BOUND));
    }

    /** What command was not answered, if one was: no other is sent after it. */
    Optional<BrowserHung> hang() {
        return Optional.ofNullable(hang.get());
    }

    @Override
    public Response execute(Command command) throws IOException {
        BrowserHung earlier = hang.get();
        if (earlier != null) {
            throw earlier;
        }
        try {
            return commands.execute(command);
        } catch (IOException | UncheckedIOException | WebDriverException unanswered) {
            BrowserHung now = new BrowserHung(
                    "No answer to " + command.getName() + " within " + BOUND.toSeconds() + " s; the browser:\n"
                            + process.state(),
                    unanswered);
            hang.set(now);
            throw now;
        }
    }
}
