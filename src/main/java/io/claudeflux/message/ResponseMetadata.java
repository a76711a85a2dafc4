package io.claudeflux.message;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the head of a response said.
 *
 * @param status the HTTP status
 * @param headers all headers, names in lower case
 */
public record ResponseMetadata(int status, Map<String, List<String>> headers) {
    private static final ResponseMetadata NONE = new ResponseMetadata(0, Map.of());

    /**
     * Copies the headers.
     *
     * @throws NullPointerException if {@code headers} is null
     */
    public ResponseMetadata {
        headers = headers.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> List.copyOf(entry.getValue())));
    }

    /**
     * Stands for a response that never was, such as in events made by hand.
     *
     * @return status 0, no headers
     */
    public static ResponseMetadata none() {
        return NONE;
    }

    /**
     * A header.
     *
     * @param name its name, in any case
     * @return its first value
     */
    public Optional<String> header(String name) {
        List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
        return values == null ? Optional.empty() : values.stream().findFirst();
    }

    /**
     * The server's id for this exchange; support asks for it.
     *
     * @return {@code request-id}, or {@code x-amzn-requestid} where that is all there is
     */
    public Optional<String> requestId() {
        return header("request-id").or(() -> header("x-amzn-requestid"));
    }

    /**
     * The organization that was charged.
     *
     * @return {@code anthropic-organization-id}
     */
    public Optional<String> organizationId() {
        return header("anthropic-organization-id");
    }

    /**
     * The rate limits the response reported.
     *
     * @return the limits, read from the headers at each call
     */
    public RateLimits rateLimits() {
        return RateLimits.of(headers);
    }

    @Override
    public String toString() {
        String requestId = requestId().orElse("none");
        return "ResponseMetadata[status=" + status + ", requestId=" + requestId + "]";
    }
}
