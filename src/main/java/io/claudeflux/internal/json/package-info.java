/**
 * Frames to events, requests to bytes: the only place that knows Jackson and the names on the wire.
 *
 * <p>{@code EventReader} turns a frame into an event, {@code RequestWriter} a request into a body;
 * {@code JacksonJsonBinding} serves {@link io.claudeflux.message.Json}. Everything else reads and writes one family of
 * types. Values are cut out of the text they came in ({@code Slices}), so that what this version does not know keeps
 * its exact form.
 */
@NullMarked
package io.claudeflux.internal.json;

import org.jspecify.annotations.NullMarked;
