package io.claudeflux.message;

import org.jspecify.annotations.Nullable;

/**
 * The container that code execution used, for use in the next request.
 *
 * @param id its id
 * @param expiresAt when it goes away, as the server wrote it (RFC 3339)
 * @param extra the fields this version does not know, such as {@code skills}, as one JSON object
 */
public record Container(String id, @Nullable String expiresAt, Json extra) {}
