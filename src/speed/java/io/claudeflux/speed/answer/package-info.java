/** The answers that the benchmark's server gives, as bytes made in advance. */
@NullMarked
package io.claudeflux.speed.answer;

import org.jspecify.annotations.NullMarked;
