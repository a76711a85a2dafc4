/**
 * The form that an answer, or the input of a tool, must have: {@link io.claudeflux.schema.JsonSchema}, made from a Java
 * type or written by hand.
 */
@NullMarked
package io.claudeflux.schema;

import org.jspecify.annotations.NullMarked;
