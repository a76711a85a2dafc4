package io.claudeflux.cli;

import io.claudeflux.error.AdmissionException;
import io.claudeflux.error.ApiException;
import io.claudeflux.error.AuthenticationException;
import io.claudeflux.error.BillingException;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.ClockException;
import io.claudeflux.error.ConfigurationException;
import io.claudeflux.error.InvalidRequestException;
import io.claudeflux.error.NotFoundException;
import io.claudeflux.error.OverloadedException;
import io.claudeflux.error.PermissionException;
import io.claudeflux.error.RateLimitException;
import io.claudeflux.error.StreamException;
import io.claudeflux.error.TransportException;
import java.util.List;

/** What a failure means for the person in front of it, and what to do next. */
final class Advice {
    private Advice() {}

    static List<String> of(ClaudeException failure) {
        if (failure instanceof ApiException answer) {
            return List.of(of(answer));
        }
        if (failure instanceof StreamException stream) {
            return List.of(ofStream(stream));
        }
        if (failure instanceof ClockException late && late.clock() == ClockException.Clock.CONNECT) {
            return List.of("No connection stood in time: a firewall, or the proxy, takes what is sent and says nothing."
                    + " Try another way, with or without --proxy.");
        }
        if (failure instanceof ClockException) {
            return List.of("The connection stands and nothing comes: something in between holds the answer back, or the"
                    + " service is slow. Try again; look at the proxies in between.");
        }
        // Their sentences say what to do already.
        if (failure instanceof TransportException
                || failure instanceof ConfigurationException
                || failure instanceof AdmissionException) {
            return List.of();
        }
        throw new IllegalArgumentException("unknown failure", failure);
    }

    private static String of(ApiException answer) {
        if (answer instanceof AuthenticationException) {
            return "The key is well-formed and not accepted: revoked, of another organization, or not for this address."
                    + " Create one at https://console.anthropic.com/settings/keys.";
        }
        if (answer instanceof PermissionException) {
            return "The key is known and may not do this: look at its workspace and at the model's availability.";
        }
        if (answer instanceof BillingException) {
            return "The account cannot pay: look at Plans & Billing in the Console.";
        }
        if (answer instanceof NotFoundException) {
            return "The model or the path is not there: check --model, and the path in ANTHROPIC_BASE_URL.";
        }
        if (answer instanceof RateLimitException) {
            return "The key works, and its limits are used up for now: wait, or raise them in the Console.";
        }
        if (answer instanceof OverloadedException) {
            return "The key works, and the service is overloaded: try again in a minute; see https://status.anthropic.com.";
        }
        if (answer instanceof InvalidRequestException) {
            return "The key works; the server does not like the request. Another --model may.";
        }
        return answer.effectiveStatus() >= 500
                ? "The service, or a gateway ahead of it, is broken for now: try again; see https://status.anthropic.com."
                : "Something in between answers in the API's place: check ANTHROPIC_BASE_URL.";
    }

    private static String ofStream(StreamException stream) {
        return switch (stream.kind()) {
            case REDIRECT, UNEXPECTED_STATUS, UNEXPECTED_CONTENT_TYPE, UNEXPECTED_ENCODING ->
                "What answers is not the API: a login page, a gateway, or the wrong path. Check ANTHROPIC_BASE_URL.";
            case INCOMPLETE, PROTOCOL, LIMIT ->
                "Something in between cuts or changes streams: look for proxies that buffer or time out.";
        };
    }
}
