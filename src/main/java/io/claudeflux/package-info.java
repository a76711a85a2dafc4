/**
 * A reactive, non-blocking streaming client for the Claude API.
 *
 * <pre>{@code
 * ClaudeClient claude = ClaudeClient.create();
 * MessageRequest request = MessageRequest.builder()
 *         .model("claude-sonnet-5-5")
 *         .maxTokens(1024)
 *         .user("Explain backpressure.")
 *         .build();
 * Flux<String> text = claude.messages().streamText(request);
 * }</pre>
 *
 * <h2>The tour</h2>
 *
 * <p>An answer flows through the packages in this order:
 *
 * <pre>
 * MessageRequest - preflight - permit - HTTP exchange - ByteBuf - SSE frames - StreamEvent - faults - grammar - commit gate - subscriber
 *                            \---------------------------- one attempt, or several -----------------------------/
 * </pre>
 *
 * <ul>
 *   <li>{@link io.claudeflux} — the client, and the one method that is the pipeline;
 *   <li>{@link io.claudeflux.config} — settings and their defaults;
 *   <li>{@link io.claudeflux.message} — what is said and answered;
 *   <li>{@link io.claudeflux.stream} — the events of an answer, and their fold into a message;
 *   <li>{@link io.claudeflux.limit} — how fast requests may follow each other;
 *   <li>{@link io.claudeflux.error} — what can go wrong, by where;
 *   <li>{@link io.claudeflux.schema} — the form that an answer must have, made from a class or written by hand;
 *   <li>{@link io.claudeflux.tool} — tools that the application runs, and the loop over them;
 *   <li>{@link io.claudeflux.catalog} — which models there are, what calls consumed, and what that costs;
 *   <li>{@code io.claudeflux.internal.preflight} — what is wrong with a request, before it is sent;
 *   <li>{@code io.claudeflux.internal.auth} — who asks: keys, tokens, profiles and federation, refreshed ahead of time;
 *   <li>{@code io.claudeflux.internal.http} — bytes out, bytes in; the only place that knows Reactor Netty's client;
 *   <li>{@code io.claudeflux.internal.sse} — bytes to frames;
 *   <li>{@code io.claudeflux.internal.json} — frames to events; knows Jackson;
 *   <li>{@code io.claudeflux.internal.schema} — classes to schemas, with an optional library; knows Jackson too;
 *   <li>{@code io.claudeflux.internal.protocol} — which sequences of events are an answer;
 *   <li>{@code io.claudeflux.internal.retry} — when to try again, and how long to wait before;
 *   <li>{@code io.claudeflux.internal.admission} — how many calls may be under way, and who is next;
 *   <li>{@code io.claudeflux.simulator} — in a jar of its own, a Claude API for tests.
 * </ul>
 *
 * <h2>What holds for every stream</h2>
 *
 * <ul>
 *   <li>It is cold: every subscription is a request of its own.
 *   <li>It completes only after {@code message_stop}; anything else is a {@link io.claudeflux.error.ClaudeException}
 *       that carries the message so far.
 *   <li>What passes is tried again as long as nothing was handed down, and never afterwards: output comes at most once,
 *       work is done at least once.
 *   <li>Each part of it has a clock ({@link io.claudeflux.config.Timeouts}); a slow consumer stops those of the server.
 *   <li>Demand reaches the socket: a consumer that stops asking stops the server.
 *   <li>A cancel returns at once and closes the connection.
 *   <li>Signals come on an event-loop thread, or on one of {@code Schedulers.parallel()} where a clock or a wait ends;
 *       none of them must be blocked. Nothing here blocks or owns a thread per stream.
 * </ul>
 */
@NullMarked
package io.claudeflux;

import org.jspecify.annotations.NullMarked;
