/**
 * Server-sent events: bytes in, frames out, as the event stream chapter of the WHATWG HTML standard has it.
 *
 * <p>{@link io.claudeflux.internal.sse.SseDecoder} is a plain state machine that knows nothing of Reactor,
 * {@link io.claudeflux.internal.sse.FrameHandler} is what a protocol makes of the frames, and
 * {@link io.claudeflux.internal.sse.SseFlux} is the one place where demand, cancellation and the end of a body meet the
 * two. What the frames hold is not this package's business.
 */
@NullMarked
package io.claudeflux.internal.sse;

import org.jspecify.annotations.NullMarked;
