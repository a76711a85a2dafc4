/**
 * Admission: how many calls may be on their way at a time, and in which order the others wait.
 *
 * <p>{@link io.claudeflux.internal.admission.Permits} is an asynchronous semaphore: a call waits as a subscription, not
 * as a thread. {@link io.claudeflux.internal.admission.Turn} is what one attempt says about itself when it asks.
 */
@NullMarked
package io.claudeflux.internal.admission;

import org.jspecify.annotations.NullMarked;
