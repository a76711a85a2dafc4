package io.claudeflux.internal.http;

import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.FailureContext;
import io.claudeflux.error.StreamException;
import io.claudeflux.error.StreamException.Fault;
import io.claudeflux.error.StreamException.Kind;
import io.claudeflux.message.ResponseMetadata;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a response's head must be for its body to be read as what is expected, and what it is called otherwise. */
final class ResponseRules {
    /** As much of an unexpected body as is worth showing. */
    static final int EXCERPT_BYTES = 1024;

    private ResponseRules() {}

    /** The kind of fault in the head, or null if the answer may follow. Errors of the API are not judged here. */
    static @Nullable Kind fault(ResponseMetadata head, Expected expected) {
        int status = head.status();
        if (status >= 300 && status < 400) {
            return Kind.REDIRECT;
        }
        if (!expected.isStatus(status)) {
            return Kind.UNEXPECTED_STATUS;
        }
        boolean isIdentity = head.headers().getOrDefault("content-encoding", List.of()).stream()
                .allMatch(encoding -> encoding.trim().equalsIgnoreCase("identity"));
        if (!isIdentity) {
            return Kind.UNEXPECTED_ENCODING;
        }
        return expected.isMediaType(mediaType(head)) ? null : Kind.UNEXPECTED_CONTENT_TYPE;
    }

    /** Parameters are ignored: what is expected is always UTF-8, whatever its charset says. */
    private static String mediaType(ResponseMetadata head) {
        String type = head.header("content-type").orElse("");
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).trim().toLowerCase(Locale.ROOT);
    }

    static boolean isApiError(ResponseMetadata head) {
        return head.status() >= 400;
    }

    /** Whether a body, if there is one, tells a person what answered in the API's place. */
    static boolean isWorthReading(Kind kind) {
        return kind == Kind.UNEXPECTED_CONTENT_TYPE || kind == Kind.UNEXPECTED_STATUS;
    }

    static ClaudeException exception(Kind kind, ResponseMetadata head, Expected expected, String body) {
        return new StreamException(
                new Fault(kind, kind.name().toLowerCase(Locale.ROOT), body.isEmpty() ? null : body),
                sentence(kind, head, expected),
                null,
                FailureContext.attempted(false).withRequestId(head.requestId().orElse(null)));
    }

    private static String sentence(Kind kind, ResponseMetadata head, Expected expected) {
        if (kind == Kind.REDIRECT) {
            return "HTTP " + head.status() + " redirects to "
                    + origin(head.header("location").orElse(""))
                    + "; redirects are not followed because they would take the API key along: set baseUrl to the right place";
        }
        if (kind == Kind.UNEXPECTED_ENCODING) {
            return "the response is compressed although identity was asked for; something between the API and this client must be told not to";
        }
        if (kind == Kind.UNEXPECTED_CONTENT_TYPE) {
            return "HTTP " + head.status() + " did not bring " + expected.words()
                    + "; check that baseUrl leads to the API, excerpt() shows what answered";
        }
        return "HTTP " + head.status() + " is no answer to " + expected.request()
                + "; check that baseUrl leads to the API";
    }

    /** Scheme and host only: the rest of a location may hold anything. */
    private static String origin(String location) {
        try {
            URI uri = new URI(location);
            boolean isHost = uri.getHost() != null && uri.getHost().matches("[A-Za-z0-9.:\\[\\]-]{1,255}");
            boolean isScheme = uri.getScheme() != null && uri.getScheme().matches("[A-Za-z][A-Za-z0-9+.-]{0,15}");
            return !isHost ? "another path" : (isScheme ? uri.getScheme() + ":" : "") + "//" + uri.getHost();
        } catch (java.net.URISyntaxException notAUrl) {
            return "somewhere that is not a URL";
        }
    }
}
