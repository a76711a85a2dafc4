/** What was measured: samples, their medians and ratios, and what is made of them. */
@NullMarked
package io.claudeflux.speed.result;

import org.jspecify.annotations.NullMarked;
