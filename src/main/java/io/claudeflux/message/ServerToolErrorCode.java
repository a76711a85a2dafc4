package io.claudeflux.message;

import java.util.Objects;

/**
 * Why a tool of the server gave no result.
 *
 * <p>An open set: the server may add values, and any string is accepted. Source: {@code error_code} of a server tool's
 * error.
 *
 * @param value the word on the wire
 */
public record ServerToolErrorCode(String value) {
    /** The model called it with input that does not fit. */
    public static final ServerToolErrorCode INVALID_TOOL_INPUT = new ServerToolErrorCode("invalid_tool_input");

    /** It is out of order. */
    public static final ServerToolErrorCode UNAVAILABLE = new ServerToolErrorCode("unavailable");

    /** It was called too often in a short time. */
    public static final ServerToolErrorCode TOO_MANY_REQUESTS = new ServerToolErrorCode("too_many_requests");

    /** The request allows no more calls of it. */
    public static final ServerToolErrorCode MAX_USES_EXCEEDED = new ServerToolErrorCode("max_uses_exceeded");

    /** The query of a search is too long. */
    public static final ServerToolErrorCode QUERY_TOO_LONG = new ServerToolErrorCode("query_too_long");

    /** The request of a search is too large. */
    public static final ServerToolErrorCode REQUEST_TOO_LARGE = new ServerToolErrorCode("request_too_large");

    /** The address of a page is too long. */
    public static final ServerToolErrorCode URL_TOO_LONG = new ServerToolErrorCode("url_too_long");

    /** The domain lists of the request or of the organization exclude the page. */
    public static final ServerToolErrorCode URL_NOT_ALLOWED = new ServerToolErrorCode("url_not_allowed");

    /** The address does not stand in the conversation. */
    public static final ServerToolErrorCode URL_NOT_IN_PRIOR_CONTEXT =
            new ServerToolErrorCode("url_not_in_prior_context");

    /** The page could not be fetched. */
    public static final ServerToolErrorCode URL_NOT_ACCESSIBLE = new ServerToolErrorCode("url_not_accessible");

    /** The page is neither text nor PDF. */
    public static final ServerToolErrorCode UNSUPPORTED_CONTENT_TYPE =
            new ServerToolErrorCode("unsupported_content_type");

    /** The page is too large. */
    public static final ServerToolErrorCode CONTENT_TOO_LARGE = new ServerToolErrorCode("content_too_large");

    /** It took too long. */
    public static final ServerToolErrorCode EXECUTION_TIME_EXCEEDED =
            new ServerToolErrorCode("execution_time_exceeded");

    /** A command wrote a file that is too large. */
    public static final ServerToolErrorCode OUTPUT_FILE_TOO_LARGE = new ServerToolErrorCode("output_file_too_large");

    /** There is no such file in the container. */
    public static final ServerToolErrorCode FILE_NOT_FOUND = new ServerToolErrorCode("file_not_found");

    /**
     * Takes any word.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public ServerToolErrorCode {
        Objects.requireNonNull(value, "value");
    }

    /**
     * The same as the constructor, for reading well at call sites.
     *
     * @param value the word on the wire
     * @return the value
     */
    public static ServerToolErrorCode of(String value) {
        return new ServerToolErrorCode(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
