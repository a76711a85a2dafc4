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
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.remote.Command;
import org.openqa.selenium.remote.RemoteWebDriver;
import org.opentest4j.TestAbortedException;

/**
 * A headless Chromium, the one that is installed: nothing is ever downloaded.
 *
 * <p>It may hang on a machine that is new or busy; then {@link #restart} replaces it. Each has drawn an empty page
 * before it is used.
 */
final class Browser implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Path PICTURES = Path.of("target", "chat");

    private final File binary;
    private final File executable;
    private volatile BrowserProcess process;
    private volatile RemoteWebDriver driver;

    private Browser(File binary, File executable) throws IOException {
        this.binary = binary;
        this.executable = executable;
        this.process = BrowserProcess.start(executable, PICTURES);
        this.driver = drive();
    }

    /** Starts it, or skips the test where there is none. */
    static Browser start() throws IOException {
        File binary = firstOf("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
        File executable = firstOf("/usr/bin/chromedriver", "/usr/lib/chromium-browser/chromedriver");
        assumeTrue(
                binary != null && executable != null,
                "No browser to test the page in: apt-get install -y --no-install-recommends chromium chromium-driver");
        Files.createDirectories(PICTURES);
        return new Browser(Objects.requireNonNull(binary), Objects.requireNonNull(executable));
    }

    /** Ends it, whatever it is doing, and starts another. */
    void restart() throws IOException {
        process.close();
        process = BrowserProcess.start(executable, PICTURES);
        driver = drive();
    }

    /** Twice, as the first start on a new machine may take too long; then the tests are skipped. */
    private RemoteWebDriver drive() throws IOException {
        try {
            return driveOnce();
        } catch (BrowserHung first) {
            System.out.println("The browser hung at its start and is started again: " + first.getMessage());
            process.close();
            process = BrowserProcess.start(executable, PICTURES);
        }
        try {
            return driveOnce();
        } catch (BrowserHung second) {
            process.close();
            System.out.println("THE PAGE IS NOT TESTED, the browser hung at its start twice: " + second.getMessage());
            throw new TestAbortedException("The browser hung at its start twice", second);
        }
    }

    /** Not a {@code ChromeDriver}: that one wants a class at hand that looks for drivers in the net. */
    private RemoteWebDriver driveOnce() throws IOException {
        BoundedCommands commands = new BoundedCommands(process);
        try {
            RemoteWebDriver started = new RemoteWebDriver(commands, options());
            started.get("data:text/html,<p>An empty page");
            started.getScreenshotAs(OutputType.BYTES);
            return started;
        } catch (WebDriverException failure) {
            process.close();
            throw commands.hang().orElseThrow(() -> failure);
        }
    }

    private ChromeOptions options() throws IOException {
        ChromeOptions options = new ChromeOptions()
                .setBinary(binary)
                .addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")
                .addArguments("--disable-quic", "--no-first-run", "--disable-background-networking")
                .addArguments("--disable-component-update", "--disable-sync", "--disable-extensions")
                // What the machine says of proxies is not asked for: the page is on this one.
                .addArguments("--no-proxy-server", "--window-size=1280,860")
                .addArguments("--user-data-dir="
                        + Files.createTempDirectory(PICTURES, "profile").toAbsolutePath());
        options.setCapability("goog:loggingPrefs", Map.of(LogType.BROWSER, "ALL"));
        return options;
    }

    /** Whether the page keeps it busy. */
    boolean isPageComputing() {
        return process.isPageComputing();
    }

    /** Nothing that an earlier test has set. */
    void usualLook() {
        usualSize();
        dark(false);
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
                    .execute(new Command(
                            driver.getSessionId(), BoundedCommands.CDP, Map.of("cmd", command, "params", parameters)));
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
        process.close();
    }
}
