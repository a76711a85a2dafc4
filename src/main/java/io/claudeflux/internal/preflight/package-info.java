/**
 * What is wrong with a request, found before it is sent.
 *
 * <p>Plain objects without Reactor. {@code Preflight} is the door; each file with {@code Rules} in its name is a family
 * of rules, and each rule says what the API asks for, what to do about it, and where that is known from. What the API
 * cannot accept is refused. What it may come to accept without a new version of itself, such as another word, role or
 * model, is a warning: a client that is older than the server must not stand in its way. All rules together look at
 * each part of a request once or a few times, and never into Base64 or the inputs of tools.
 */
@NullMarked
package io.claudeflux.internal.preflight;

import org.jspecify.annotations.NullMarked;
