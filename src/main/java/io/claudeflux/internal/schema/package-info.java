/**
 * Classes to schemas: the only place that knows the optional library that makes them, and with {@code internal.json}
 * the only one that knows Jackson.
 *
 * <p>{@link io.claudeflux.internal.schema.ClassSchemas} is the door and names nothing of that library, so that it loads
 * without it. What Jackson would write and read decides what a schema says ({@code JacksonView}).
 */
@NullMarked
package io.claudeflux.internal.schema;

import org.jspecify.annotations.NullMarked;
