package io.claudeflux.example.chat;

import static io.claudeflux.fixture.Frames.be;
import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Frames.md;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Frames.st;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.await;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.fin;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.hang;
import static io.claudeflux.fixture.Steps.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.fixture.Frames;
import io.claudeflux.fixture.Gate;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.ScriptedServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/**
 * The page in a browser, in front of the service, in front of a scripted API. Pictures of it are in target/chat.
 *
 * <p>Each test has time for two runs: see {@link BrowserTool}.
 */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChatPageIT {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String OVERLOADED = Frames.errorJson("overloaded_error", "Overloaded");
    private static final String PROSE = "A slow reader tells a fast writer to wait, and nothing in between grows. ";

    private final Browser browser;
    private final ChatService service;

    @RegisterExtension
    final BrowserTool tool;

    ChatPageIT() throws IOException {
        browser = Browser.start();
        try {
            service = ChatService.start();
        } catch (RuntimeException failure) {
            browser.close();
            throw failure;
        }
        tool = new BrowserTool(browser, service);
    }

    @AfterAll
    void stop() {
        browser.close();
        service.close();
    }

    @Test
    void textAppearsWhileItIsWrittenAndStopEndsTheRequest() throws Exception {
        try (ScriptedServer server = ask(reply(h200(), chunk(ms() + bs(0) + d(0, PROSE.repeat(3))), hang()))) {
            browser.ask("Explain backpressure");
            browser.awaitText(".answer .text", "nothing in between grows");
            browser.picture("streaming-light");
            browser.dark(true);
            browser.picture("streaming-dark");
            assertThat(server.connection(0).isPeerClosed()).isFalse();

            browser.click("#stop");

            server.connection(0).awaitPeerClose(SOON);
            service.awaitIdle();
            browser.awaitText(".answer .meta", "Stopped");
            assertThat(browser.text(".answer .text")).contains("nothing in between grows");
            assertThat(browser.all(".trouble")).isEmpty();
            browser.picture("stopped-dark");
        }
    }

    @Test
    void escapeStopsAheadOfTheFirstWord() throws Exception {
        try (ScriptedServer server = ask(reply(hang()))) {
            browser.ask("Are you there?");
            server.awaitReqs(1, SOON);
            browser.type(Keys.ESCAPE);
            server.connection(0).awaitPeerClose(SOON);
            service.awaitIdle();
            browser.awaitText(".answer .meta", "Stopped");
        }
    }

    @Test
    void showsTheWaitForAnotherAttemptAndAtTheEndWhatItTook() throws Exception {
        Gate gate = new Gate();
        try (ScriptedServer server = ask(
                reply(json(529, OVERLOADED, "retry-after-ms: 1500")),
                reply(await(gate), h200(), chunk(good("It works again.")), end()))) {
            browser.ask("What if there is an overload?");
            browser.awaitText(".chips", "Claude is overloaded (529), again in");
            browser.picture("retry-light");
            browser.awaitText(".chips", "asked again");
            gate.open();
            browser.awaitText(".answer .meta", "2 attempts");
            assertThat(browser.text(".answer .text")).isEqualTo("It works again.");
            assertThat(browser.text(".answer .meta"))
                    .containsPattern("\\d+ tokens in.*\\d+ out.*first word after [\\d.]+ s.*[\\d.]+ s.*2 attempts");
            assertThat(server.reqs()).isEqualTo(2);
        }
    }

    @Test
    void cutAnswerKeepsItsTextAndCanBeAskedForAgain() throws Exception {
        try (ScriptedServer server = ask(
                reply(h200(), chunk(ms() + bs(0) + d(0, "Half an")), fin()),
                reply(h200(), chunk(good("The whole answer.")), end()))) {
            browser.ask("What if the stream is cut?");
            browser.awaitText(".trouble", "The connection broke off in the middle of the answer");
            assertThat(browser.text(".answer .text")).isEqualTo("Half an");
            browser.picture("cut-light");
            browser.dark(true);
            browser.picture("cut-dark");

            browser.click(".trouble button");

            browser.awaitText(".answer .text", "The whole answer.");
            assertThat(browser.all(".answer")).hasSize(1);
            assertThat(server.request(1).bodyText()).doesNotContain("Half an");
        }
    }

    @Test
    void markupInAnAnswerIsText() throws Exception {
        String evil = "<img src=x onerror=\"window.hurt = 1\"><script>window.hurt = 2</script>"
                + "\n\n```html\n<svg onload=\"window.hurt = 3\">\n```\n\nbehind it";
        try (ScriptedServer server = ask(reply(h200(), chunk(good(evil)), end()))) {
            browser.ask("<b>Hurt me</b>");
            browser.awaitText(".answer .text", "behind it");
            assertThat(browser.text(".answer .text p")).contains("<img src=x", "<script>");
            assertThat(browser.text(".answer .text pre")).isEqualTo("<svg onload=\"window.hurt = 3\">");
            assertThat(browser.text(".user p")).isEqualTo("<b>Hurt me</b>");
            assertThat(browser.all("#log img, #log svg, #log script, #log b")).isEmpty();
            assertThat(browser.run("return window.hurt")).isNull();
            assertThat(server.reqs()).isEqualTo(1);
        }
    }

    @Test
    void theConversationIsSentBack() throws Exception {
        try (ScriptedServer server =
                ask(reply(h200(), chunk(good("Paris.")), end()), reply(h200(), chunk(good("Two million.")), end()))) {
            browser.type("The capital", Keys.chord(Keys.SHIFT, Keys.ENTER), "of France?");
            assertThat(server.reqs()).isZero();
            browser.type(Keys.ENTER);
            browser.awaitText(".answer .meta", "tokens in");
            assertThat(browser.text(".user p")).isEqualTo("The capital\nof France?");
            browser.ask("How many live there?");
            browser.awaitText(".answer .text", "Two million.");
            assertThat(server.request(1).bodyText())
                    .containsSubsequence("The capital\\nof France?", "\"assistant\"", "Paris.", "How many live there?");
        }
    }

    @Test
    void theBeginningOfALongConversationIsForgotten() throws Exception {
        Script answer = reply(h200(), chunk(good("I see.")), end());
        try (ScriptedServer server = ask(answer, answer, answer, answer)) {
            for (int number = 0; number < 4; number++) {
                browser.run("""
                        document.getElementById("question").value = arguments[0];
                        document.getElementById("ask").requestSubmit();
                        """, "number " + number + "x".repeat(30_000));
                browser.awaitAll(".answer .meta", number + 1, "tokens in");
            }
            assertThat(server.request(2).bodyText()).contains("number 0", "number 1", "number 2");
            assertThat(server.request(3).bodyText())
                    .doesNotContain("number 0")
                    .contains("number 1", "number 2", "number 3");
        }
    }

    @Test
    void codeIsBetweenFencesAndWhatIsWrittenOnTheirLineIsNotLost() throws Exception {
        String text = "```print(1)```\n\n```java\nint i;\n```\nbehind it";
        try (ScriptedServer server = ask(reply(h200(), chunk(good(text)), end()))) {
            browser.ask("Show me");
            browser.awaitText(".answer .meta", "tokens in");
            assertThat(browser.text(".answer .text")).isEqualTo("```print(1)```\nint i;\nbehind it");
            assertThat(browser.text(".answer pre")).isEqualTo("int i;");
            assertThat(server.reqs()).isEqualTo(1);
        }
    }

    @Test
    void longAnswerIsShownAsFastAsItComes() throws Exception {
        String words = d(0, "five words and a bit more").repeat(4_000);
        try (ScriptedServer server =
                ask(reply(h200(), chunk(ms() + bs(0) + words + d(0, "the end") + be(0) + md() + st()), end()))) {
            browser.ask("Say much");
            browser.awaitText(".answer .meta", "tokens in");
            assertThat(browser.text(".answer .text"))
                    .endsWith("a bit morethe end")
                    .hasSize(100_007);
            assertThat(server.reqs()).isEqualTo(1);
        }
    }

    @Test
    void phoneShowsAllOfItInItsWidth() throws Exception {
        String wide = PROSE + "\n\n```java\n" + "wide".repeat(60) + "\n```\n\n" + "word".repeat(60);
        try (ScriptedServer server = ask(reply(h200(), chunk(good(wide)), end()))) {
            browser.size(390, 780);
            assertThat(overflow()).isZero();
            browser.picture("phone-welcome");
            browser.ask("l" + "o".repeat(100) + "ng");
            browser.awaitText(".answer .meta", "tokens in");
            assertThat(overflow()).isZero();
            browser.picture("phone");
            browser.size(320, 600);
            assertThat(overflow()).isZero();
            assertThat(server.reqs()).isEqualTo(1);
        }
    }

    @Test
    void whoReadsFurtherUpIsLeftThere() throws Exception {
        Gate gate = new Gate();
        String lines = "line\n\n".repeat(80);
        try (ScriptedServer server = ask(reply(
                h200(),
                chunk(ms() + bs(0) + d(0, lines)),
                await(gate),
                chunk(d(0, lines + "the end") + be(0) + md() + st()),
                end()))) {
            browser.ask("Say much");
            browser.awaitThat("the end is in sight", () -> fromEnd() < 2 && height() > 1000);
            browser.run("document.getElementById('scroll').scrollTop = 100");
            gate.open();
            browser.awaitText(".answer .meta", "tokens in");
            assertThat(browser.run("return document.getElementById('scroll').scrollTop"))
                    .isEqualTo(100L);
            browser.click("#latest");
            browser.awaitThat("the end is in sight", () -> fromEnd() < 2);
            assertThat(server.reqs()).isEqualTo(1);
        }
    }

    @Test
    void eventsAreReadHoweverTheirBytesAreTorn() {
        String stream = "\uFEFF: hello\r|event: one\r|data: a\r|data:b\r|\r||data: \u00e9\uD83C\uDF0A||"
                + "event:two\rdata\r\rid: 7|data:  c||event: lost|data: lost|";
        stream = stream.replace('|', '\n');
        Object events = browser.runAsync("""
                const [text, done] = arguments;
                const { serverSentEvents } = await import("/sse.js");
                const bytes = new TextEncoder().encode(text);
                const found = new Set();
                for (let size = 1; size <= bytes.length; size++) {
                    const body = new ReadableStream({ start(out) {
                        for (let at = 0; at < bytes.length; at += size) {
                            out.enqueue(bytes.slice(at, at + size));
                        }
                        out.close();
                    } });
                    let all = "";
                    for await (const { name, data } of serverSentEvents(body)) {
                        all += `[${name}|${data}]`;
                    }
                    found.add(all);
                }
                done([...found]);
                """, stream);
        assertThat(events).isEqualTo(List.of("[one|a\nb][message|\u00e9\uD83C\uDF0A][two|][message| c]"));
    }

    private ScriptedServer ask(Script... scripts) {
        ScriptedServer server = ScriptedServer.start(scripts);
        service.ask(server);
        browser.open(service.url());
        return server;
    }

    private long overflow() {
        return number("document.documentElement.scrollWidth - window.innerWidth")
                + number("document.documentElement.scrollHeight - window.innerHeight")
                + number(
                        "document.getElementById('scroll').scrollWidth - document.getElementById('scroll').clientWidth");
    }

    private long height() {
        return number("document.getElementById('scroll').scrollHeight");
    }

    private long fromEnd() {
        return number("scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight");
    }

    private long number(String expression) {
        Object value =
                browser.run("const scroll = document.getElementById('scroll'); return Math.round(" + expression + ")");
        return value instanceof Number number ? Math.max(0, number.longValue()) : Long.MAX_VALUE;
    }
}
