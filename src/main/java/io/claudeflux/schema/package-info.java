/**
 * The form that an answer, or the input of a tool, must have: {@link io.claudeflux.schema.JsonSchema}, made from a Java
 * type or written by hand; and structured outputs, which are answers in that form
 * ({@link io.claudeflux.schema.StructuredOutput}).
 */
@NullMarked
package io.claudeflux.schema;

import org.jspecify.annotations.NullMarked;
