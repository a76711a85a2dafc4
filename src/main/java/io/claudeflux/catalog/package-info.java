/**
 * What models there are, what they can do, what calls consumed, and what that costs at your prices.
 *
 * <p>All types are immutable. Sets of words are open, objects keep the fields this version does not know, and what the
 * server did not say is null: never a no.
 */
@NullMarked
package io.claudeflux.catalog;

import org.jspecify.annotations.NullMarked;
