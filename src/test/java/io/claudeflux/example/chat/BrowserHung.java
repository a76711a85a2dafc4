package io.claudeflux.example.chat;

import org.openqa.selenium.WebDriverException;

/** A command that the browser has not answered: this says nothing about the page, and its message what was seen. */
final class BrowserHung extends WebDriverException {
    private static final long serialVersionUID = 1L;

    BrowserHung(String message, Throwable cause) {
        super(message, cause);
    }
}
