/**
 * Admission: how many attempts may be on their way at a time, how fast they may follow each other, and in which order
 * the others wait. An attempt waits as a subscription, not as a thread.
 *
 * <pre>
 * Turn - WaitingLine - Lane (Gate) - RateLimiter - Permits - work
 *        who is next   not now       not so fast   not so many
 * </pre>
 *
 * <p>{@link io.claudeflux.internal.admission.Permits} is the asynchronous semaphore around it all, and the only one
 * with a lock; {@link io.claudeflux.internal.admission.Hold} is one attempt from the moment it asks until its permit is
 * back. {@link io.claudeflux.internal.admission.Turn} is what it says about itself when it asks, and
 * {@link io.claudeflux.internal.admission.Pass} what it says afterwards. {@link io.claudeflux.internal.admission.Pacer}
 * is the limiter of a client that paces itself. The rest are plain objects that are told the time: {@code Ramp},
 * {@code Bucket}, {@code Concurrency}, {@code Tenants}.
 */
@NullMarked
package io.claudeflux.internal.admission;

import org.jspecify.annotations.NullMarked;
