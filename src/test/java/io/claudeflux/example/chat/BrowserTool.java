package io.claudeflux.example.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.ReflectionSupport;
import org.openqa.selenium.WebDriverException;
import org.opentest4j.TestAbortedException;

/**
 * Runs each test from the usual look of the page to a silent console, and once more where the browser hung.
 *
 * <p>The browser is a tool and not the subject, and no answer to a command is no word on the page. So a hung browser is
 * ended and that test begins anew in another: it only counts once all of its assertions held in one browser, and an
 * assertion that failed in one is never asked again. When a second one hangs too, in this test or in a later one, a
 * page that computes or a service that does not serve it is at fault; when neither is, then the tool, and what is left
 * of the tests is skipped, which is written where nobody overlooks it.
 */
final class BrowserTool implements InvocationInterceptor {
    private static final List<String> PAGE = List.of("/", "/chat.css", "/chat.js", "/sse.js", "/api/setup");

    private final Browser browser;
    private final ChatService service;
    private int hangs;

    BrowserTool(Browser browser, ChatService service) {
        this.browser = browser;
        this.service = service;
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> test, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws IOException {
        // JUnit lets it proceed no more than once.
        test.skip();
        if (hangs > 1) {
            throw new TestAbortedException("The browser hung twice");
        }
        try {
            run(method);
        } catch (BrowserHung hung) {
            judge(hung, context);
            browser.restart();
            again(method, context);
        }
    }

    private void again(ReflectiveInvocationContext<Method> method, ExtensionContext context) throws IOException {
        try {
            run(method);
        } catch (BrowserHung hung) {
            judge(hung, context);
        }
    }

    private void run(ReflectiveInvocationContext<Method> test) {
        browser.usualLook();
        try {
            ReflectionSupport.invokeMethod(
                    test.getExecutable(), test.getTarget().orElseThrow());
        } catch (AssertionError failure) {
            tellConsole(failure);
            throw failure;
        }
        assertThat(browser.console()).isEmpty();
    }

    /** It often says why, and the failure stays what it is when the browser hangs now. */
    private void tellConsole(AssertionError failure) {
        try {
            failure.addSuppressed(new AssertionError("On the console: " + browser.console()));
        } catch (WebDriverException unanswered) {
            failure.addSuppressed(unanswered);
        }
    }

    /** Says what is known of it; at the second time, that is the end of the test as well. */
    private void judge(BrowserHung hung, ExtensionContext context) throws IOException {
        System.out.println("The browser hung in " + context.getDisplayName() + ". " + hung.getMessage());
        hangs++;
        if (hangs > 1) {
            assertThat(browser.isPageComputing())
                    .as("the page keeps the browser from an answer")
                    .isFalse();
            for (String path : PAGE) {
                try (Visitor visitor = Visitor.get(service.url(), path)) {
                    assertThat(visitor.readAll()).as(path).contains("200 OK");
                }
            }
            System.out.println("THE PAGE IS NOT TESTED ANY FURTHER: the browser hung twice");
            throw new TestAbortedException("The browser hung twice", hung);
        }
    }
}
