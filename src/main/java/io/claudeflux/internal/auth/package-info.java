/**
 * Who asks: keys, tokens, profiles and identity federation.
 *
 * <p>{@code Logins} is the door: it finds out, while a client is built, which {@code Login} applies. Opened with a way
 * to the token endpoint, that is a {@code Credential}, which has a {@code Proof} for each attempt. Tokens that expire
 * come from a {@code TokenSource}, which fetches them ahead of time and once for all who wait; where from, its two
 * kinds of exchange know. Of HTTP nothing is known here but names of headers.
 *
 * <p>Nothing here shows a secret, or any piece of one: not in a message, a log line, a cause or a {@code toString}.
 */
@NullMarked
package io.claudeflux.internal.auth;

import org.jspecify.annotations.NullMarked;
