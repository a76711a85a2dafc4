/**
 * What models there are, what they can do, what calls consumed, and what that costs at your prices.
 *
 * <ul>
 *   <li>{@link io.claudeflux.catalog.ModelInfo} — a model, and what it can do;
 *   <li>{@link io.claudeflux.catalog.UsageTotals} — what calls consumed, as a {@code UsageMeter} and the end of a run
 *       with tools tell it;
 *   <li>{@link io.claudeflux.catalog.PriceTable} and {@link io.claudeflux.catalog.Cost} — what that costs.
 * </ul>
 *
 * <p>All types are immutable. Sets of words are open, objects keep the fields this version does not know, and what the
 * server did not say is null: never a no.
 */
@NullMarked
package io.claudeflux.catalog;

import org.jspecify.annotations.NullMarked;
