package io.claudeflux.message;

import java.util.Objects;

/**
 * A tool that the server runs.
 *
 * <p>An open set: the server may add values, and any string is accepted. Source: {@code name} of
 * {@code server_tool_use}.
 *
 * @param value the word on the wire
 */
public record ServerToolName(String value) {
    /** Searches the web. */
    public static final ServerToolName WEB_SEARCH = new ServerToolName("web_search");

    /** Fetches a page. */
    public static final ServerToolName WEB_FETCH = new ServerToolName("web_fetch");

    /** Runs Python in a container. */
    public static final ServerToolName CODE_EXECUTION = new ServerToolName("code_execution");

    /** Runs a shell command in a container. */
    public static final ServerToolName BASH_CODE_EXECUTION = new ServerToolName("bash_code_execution");

    /** Shows and changes files of a container. */
    public static final ServerToolName TEXT_EDITOR_CODE_EXECUTION = new ServerToolName("text_editor_code_execution");

    /** Looks for deferred tools by a regular expression. */
    public static final ServerToolName TOOL_SEARCH_TOOL_REGEX = new ServerToolName("tool_search_tool_regex");

    /** Looks for deferred tools by their words. */
    public static final ServerToolName TOOL_SEARCH_TOOL_BM25 = new ServerToolName("tool_search_tool_bm25");

    /**
     * Takes any word.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public ServerToolName {
        Objects.requireNonNull(value, "value");
    }

    /**
     * The same as the constructor, for reading well at call sites.
     *
     * @param value the word on the wire
     * @return the value
     */
    public static ServerToolName of(String value) {
        return new ServerToolName(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
