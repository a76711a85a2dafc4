package io.claudeflux.internal.http;

/** What the answer to a request is made of. */
enum Expected {
    /** The events of a message, behind a 200 and nothing else. */
    EVENT_STREAM("an event stream", "a streaming request"),
    /** One JSON value, behind any success that has a body. */
    JSON("JSON", "a request for JSON");

    private final String words;
    private final String request;

    Expected(String words, String request) {
        this.words = words;
        this.request = request;
    }

    boolean isStatus(int status) {
        return this == EVENT_STREAM ? status == 200 : status >= 200 && status < 300 && status != 204 && status != 205;
    }

    /** Judges a media type in lower case, without its parameters. */
    boolean isMediaType(String type) {
        return this == EVENT_STREAM
                ? type.equals("text/event-stream")
                : type.equals("application/json") || (type.startsWith("application/") && type.endsWith("+json"));
    }

    String words() {
        return words;
    }

    String request() {
        return request;
    }
}
