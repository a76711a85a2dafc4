package io.claudeflux.internal.http;

import io.claudeflux.config.Timeouts;
import java.util.List;
import java.util.Map;

/** One request, ready to be sent once. Headers hold the key and bodies hold prompts, so it prints neither. */
public final class HttpCall {
    private static final List<String> SECRETS = List.of("x-api-key", "authorization");

    private final Head head;
    private final byte[] body;
    private final Terms terms;
    private volatile boolean unanswered;
    private volatile boolean lost;

    /**
     * A request.
     *
     * @param head its first lines
     * @param body its body, empty for none; not copied, so never changed
     * @param terms how long it may take, and what may be done about it
     */
    public HttpCall(Head head, byte[] body, Terms terms) {
        this.head = head;
        this.body = body;
        this.terms = terms;
    }

    /**
     * A POST.
     *
     * @param path the path below the base URL
     * @param headers its headers, checked by {@link HeaderRules}
     * @param body its body; not copied, so never changed
     * @param terms how long it may take, and what may be done about it
     */
    public HttpCall(String path, Map<String, String> headers, byte[] body, Terms terms) {
        this(new Head("POST", path, headers), body, terms);
    }

    /**
     * What stands ahead of a body.
     *
     * @param method such as {@code GET}
     * @param target path and query below the base URL, encoded
     * @param headers checked by {@link HeaderRules}
     */
    public record Head(String method, String target, Map<String, String> headers) {
        /**
         * The same with other headers.
         *
         * @param others all of them
         * @return a copy
         */
        public Head withHeaders(Map<String, String> others) {
            return new Head(method, target, others);
        }

        /** Without the headers, which hold the key. */
        @Override
        public String toString() {
            return method + " " + path();
        }

        /** The target without its query. */
        String path() {
            int mark = target.indexOf('?');
            return mark < 0 ? target : target.substring(0, mark);
        }
    }

    /**
     * How long a request may take, and what may be done about it.
     *
     * @param timeouts its clocks
     * @param isRepeatable whether it may be sent a second time where the first may have been served
     */
    public record Terms(Timeouts timeouts, boolean isRepeatable) {
        /**
         * The same for another attempt. What happened to that is counted as it is: it uses the connection of the one
         * before, most likely, which nobody has had the time to give up.
         *
         * @return terms under which nothing is sent a second time
         */
        public Terms ofRetry() {
            return new Terms(timeouts, false);
        }
    }

    /**
     * How large its body is.
     *
     * @return bytes
     */
    public int size() {
        return body.length;
    }

    String method() {
        return head.method();
    }

    String target() {
        return head.target();
    }

    /** A GET has none, and none of the headers of one. */
    boolean hasBody() {
        return !head.method().equals("GET");
    }

    Map<String, String> headers() {
        return head.headers();
    }

    byte[] body() {
        return body;
    }

    Timeouts timeouts() {
        return terms.timeouts();
    }

    boolean isRepeatable() {
        return terms.isRepeatable();
    }

    /** It was written to a connection that is gone, and nobody knows what became of it. */
    void lost() {
        lost = true;
    }

    /** From now on some of it may have been written. */
    void sent() {
        unanswered = true;
    }

    /** The head of a response has arrived. */
    void answered() {
        unanswered = false;
    }

    /**
     * Whether the request is out and nothing came back for it, so that the server may have done the work.
     *
     * @return false before it is sent, and once the head of a response was there in time, unless it was sent twice
     */
    public boolean isUnanswered() {
        return unanswered || lost;
    }

    /**
     * What a server said, without the secrets of this request, which some gateways repeat when they refuse them.
     *
     * @param text the server's text
     * @return the text with a mark in place of each
     */
    public String withoutSecrets(String text) {
        String told = text;
        for (String header : SECRETS) {
            String value = headers().getOrDefault(header, "");
            told = Repetitions.replaced(told, value.substring(value.lastIndexOf(' ') + 1), "[" + header + "]");
        }
        return told;
    }

    @Override
    public String toString() {
        return head + " (" + body.length + " bytes)";
    }
}
