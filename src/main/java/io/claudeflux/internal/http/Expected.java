package io.claudeflux.internal.http;

/** What the answer to a request is made of. */
enum Expected {
    /** The events of a message, behind a 200 and nothing else. */
    EVENT_STREAM("an event stream", "a streaming request") {
        @Override
        boolean isStatus(int status) {
            return status == 200;
        }

        @Override
        boolean isMediaType(String type) {
            return type.equals("text/event-stream");
        }
    },
    /** One JSON value, behind any success that has a body. */
    JSON("JSON", "a request for JSON") {
        @Override
        boolean isStatus(int status) {
            return status >= 200 && status < 300 && status != 204 && status != 205;
        }

        @Override
        boolean isMediaType(String type) {
            return type.equals("application/json") || (type.startsWith("application/") && type.endsWith("+json"));
        }
    };

    private final String words;
    private final String request;

    Expected(String words, String request) {
        this.words = words;
        this.request = request;
    }

    abstract boolean isStatus(int status);

    /** Judges a media type in lower case, without its parameters. */
    abstract boolean isMediaType(String type);

    String words() {
        return words;
    }

    String request() {
        return request;
    }
}
