/**
 * The form that an answer, or the input of a tool, must have: {@link io.claudeflux.schema.JsonSchema}, made from a Java
 * type or written by hand; and structured outputs, which are answers in that form
 * ({@link io.claudeflux.schema.StructuredOutput}).
 *
 * <pre>{@code
 * record Invoice(String customer, LocalDate due, Optional<String> note) {}
 *
 * Mono<Invoice> invoice = claude.messages().create(request, Invoice.class);
 * Flux<Draft<Invoice>> drafts = claude.messages().streamDrafts(request, Invoice.class);
 * }</pre>
 *
 * <p>Only schemas made from a type need the optional libraries that {@link io.claudeflux.schema.JsonSchema#of} names.
 */
@NullMarked
package io.claudeflux.schema;

import org.jspecify.annotations.NullMarked;
