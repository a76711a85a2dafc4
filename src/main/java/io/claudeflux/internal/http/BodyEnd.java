package io.claudeflux.internal.http;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What an exchange makes of the end of its body.
 *
 * @param cancelled run ahead of a cancel
 * @param over the failure that an error of the body amounts to; for null, which is a completion, what it is after all
 */
record BodyEnd(Runnable cancelled, UnaryOperator<@Nullable Throwable> over) {}
