/**
 * Bytes out, bytes in: one HTTP exchange on Reactor Netty, which is known only here.
 *
 * <p>{@code HttpExchange} sends a request and hands the body of a good response on; {@code ResponseRules} judges the
 * head; {@code TransportErrors} turns everything this layer can throw into the library's own exceptions. Body buffers
 * belong to Reactor Netty, which releases each one after the {@code onNext} that brings it.
 */
@NullMarked
package io.claudeflux.internal.http;

import org.jspecify.annotations.NullMarked;
