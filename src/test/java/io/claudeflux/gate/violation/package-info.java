/**
 * What each gate exists to catch: small offenders that only the gates' own tests look at.
 *
 * <p>Nothing here is found by name, so no ordinary run executes it; a gate that lets one of these pass is broken.
 */
@NullMarked
package io.claudeflux.gate.violation;

import org.jspecify.annotations.NullMarked;
