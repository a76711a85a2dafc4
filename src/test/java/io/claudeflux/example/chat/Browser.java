package io.claudeflux.example.chat;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.claudeflux.fixture.Await;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.remote.Command;
import org.openqa.selenium.remote.CommandInfo;
import org.openqa.selenium.remote.HttpCommandExecutor;
import org.openqa.selenium.remote.RemoteWebDriver;
import org.openqa.selenium.remote.http.HttpMethod;

/** A headless Chromium, the one that is installed: nothing is ever downloaded. */
final class Browser implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Path PICTURES = Path.of("target", "chat");

    /** Chromium's own protocol, which can do what WebDriver cannot. */
    private static final String CDP = "executeCdpCommand";

    private final ChromeDriverService service;
    private final RemoteWebDriver driver;

    /** Not a {@code ChromeDriver}: that one wants a class at hand that looks for drivers in the net. */
    private Browser(ChromeDriverService service, ChromeOptions options) throws IOException {
        service.start();
        Map<String, CommandInfo> more =
                Map.of(CDP, new CommandInfo("/session/:sessionId/goog/cdp/execute", HttpMethod.POST));
        this.service = service;
        this.driver = new RemoteWebDriver(new HttpCommandExecutor(more, service.getUrl()), options);
    }

    /** Starts it, or skips the test where there is none. */
    static Browser start() throws IOException {
        File binary = firstOf("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
        File service = firstOf("/usr/bin/chromedriver", "/usr/lib/chromium-browser/chromedriver");
        assumeTrue(
                binary != null && service != null,
                "No browser to test the page in: apt-get install -y --no-install-recommends chromium chromium-driver");
        ChromeOptions options = new ChromeOptions()
                .setBinary(binary)
                .addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")
                .addArguments("--disable-quic", "--no-first-run", "--disable-background-networking")
                .addArguments("--disable-component-update", "--disable-sync", "--window-size=1280,860")
                .addArguments("--user-data-dir=" + Files.createTempDirectory("chat-browser"));
        options.setCapability("goog:loggingPrefs", Map.of(LogType.BROWSER, "ALL"));
        ChromeDriverService driverService = new ChromeDriverService.Builder()
                .usingDriverExecutable(Objects.requireNonNull(service))
                .usingAnyFreePort()
                .build();
        Files.createDirectories(PICTURES);
        return new Browser(driverService, options);
    }

    private static @Nullable File firstOf(String... paths) {
        return Stream.of(paths)
                .map(File::new)
                .filter(File::canExecute)
                .findFirst()
                .orElse(null);
    }

    void open(String url) {
        driver.get(url);
        awaitThat("the models are there", () -> one("#model").isEnabled());
    }

    WebElement one(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    void ask(String question) {
        type(question, Keys.ENTER);
    }

    void type(CharSequence... keys) {
        one("#question").sendKeys(keys);
    }

    void click(String selector) {
        one(selector).click();
    }

    /** What a person sees of it. */
    String text(String selector) {
        return one(selector).getText();
    }

    void awaitText(String selector, String part) {
        awaitThat(
                selector + " with " + part,
                () -> all(selector).stream().anyMatch(found -> found.getText().contains(part)));
    }

    /** Waits until there are so many, all with this. */
    void awaitAll(String selector, int count, String part) {
        awaitThat(
                count + " of " + selector + " with " + part,
                () -> all(selector).stream()
                                .filter(found -> found.getText().contains(part))
                                .count()
                        == count);
    }

    void awaitThat(String what, BooleanSupplier condition) {
        Await.untilOrFail(what, SOON, () -> {
            try {
                return condition.getAsBoolean();
            } catch (StaleElementReferenceException redrawn) {
                return false;
            }
        });
    }

    @Nullable Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    @Nullable Object runAsync(String script, Object... arguments) {
        return driver.executeAsyncScript(script, arguments);
    }

    void dark(boolean isDark) {
        cdp(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", isDark ? "dark" : "light"))));
    }

    void size(int width, int height) {
        cdp(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 2, "mobile", width < 600));
    }

    void usualSize() {
        cdp("Emulation.clearDeviceMetricsOverride", Map.of());
    }

    private void cdp(String command, Map<String, Object> parameters) {
        try {
            driver.getCommandExecutor()
                    .execute(new Command(driver.getSessionId(), CDP, Map.of("cmd", command, "params", parameters)));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** For people to look at. */
    void picture(String name) throws IOException {
        Files.write(PICTURES.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    /** What the console has said since the last call. */
    List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
        service.stop();
    }
}
