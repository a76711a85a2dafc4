package io.claudeflux.example.chat;

import io.claudeflux.error.AdmissionException;
import io.claudeflux.error.ApiException;
import io.claudeflux.error.ClockException;
import io.claudeflux.error.InvalidRequestException;
import io.claudeflux.error.NotFoundException;
import io.claudeflux.error.OverloadedException;
import io.claudeflux.error.PreflightException;
import io.claudeflux.error.RateLimitException;
import io.claudeflux.error.RequestTooLargeException;
import io.claudeflux.error.StreamException;
import io.claudeflux.error.TransportException;

/**
 * What a visitor is told of a failure: what happened in plain words, and what to do. Nothing of the exception's own
 * message, which is for the log.
 */
enum Trouble {
    OVERLOADED("Claude is overloaded", "Try again in a minute, or ask another model."),
    LIMITED("Too much is asked of Claude right now", "Wait a moment, then try again."),
    BROKEN("Claude has a problem of its own", "Try again in a minute."),
    REFUSED("This conversation cannot be answered as it is", "Change the question, or start a new chat."),
    NO_MODEL("There is no such model", "Choose another one."),
    CUT("The connection broke off in the middle of the answer", "What came so far is kept. Try again for the whole."),
    SILENT("Claude fell silent", "Try again."),
    UNREACHABLE("Claude cannot be reached", "Try again when the network is back."),
    BUSY("Too many people are chatting right now", "Try again in a moment."),
    SETUP("This chat is not set up correctly", "Its operator finds the reason in the log.");

    private final String title;
    private final String advice;

    Trouble(String title, String advice) {
        this.title = title;
        this.advice = advice;
    }

    String title() {
        return title;
    }

    String advice() {
        return advice;
    }

    static Trouble of(Throwable failure) {
        if (failure instanceof ApiException answer) {
            return ofAnswer(answer);
        }
        if (failure instanceof PreflightException) {
            return REFUSED;
        }
        if (failure instanceof StreamException) {
            return CUT;
        }
        if (failure instanceof ClockException late) {
            return switch (late.clock()) {
                case QUEUE -> BUSY;
                case CONNECT -> UNREACHABLE;
                default -> SILENT;
            };
        }
        if (failure instanceof TransportException) {
            return UNREACHABLE;
        }
        return failure instanceof AdmissionException ? BUSY : SETUP;
    }

    private static Trouble ofAnswer(ApiException answer) {
        if (answer instanceof RateLimitException) {
            return LIMITED;
        }
        if (answer instanceof OverloadedException) {
            return OVERLOADED;
        }
        if (answer instanceof InvalidRequestException || answer instanceof RequestTooLargeException) {
            return REFUSED;
        }
        if (answer instanceof NotFoundException) {
            return NO_MODEL;
        }
        return answer.effectiveStatus() >= 500 ? BROKEN : SETUP;
    }
}
