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
 * MessageRequest - HTTP exchange - ByteBuf - SSE frames - StreamEvent - faults - grammar - commit gate - subscriber
 * </pre>
 *
 * <ul>
 *   <li>{@link io.claudeflux} — the client, and the one method that is the pipeline;
 *   <li>{@link io.claudeflux.config} — settings and their defaults;
 *   <li>{@link io.claudeflux.message} — what is said and answered;
 *   <li>{@link io.claudeflux.stream} — the events of an answer, and their fold into a message;
 *   <li>{@link io.claudeflux.error} — what can go wrong, by where;
 *   <li>{@code io.claudeflux.internal.http} — bytes out, bytes in; the only place that knows Reactor Netty's client;
 *   <li>{@code io.claudeflux.internal.sse} — bytes to frames;
 *   <li>{@code io.claudeflux.internal.json} — frames to events; the only place that knows Jackson;
 *   <li>{@code io.claudeflux.internal.protocol} — which sequences of events are an answer.
 * </ul>
 *
 * <h2>What holds for every stream</h2>
 *
 * <ul>
 *   <li>It is cold: every subscription is a request of its own.
 *   <li>It completes only after {@code message_stop}; anything else is a {@link io.claudeflux.error.ClaudeException}
 *       that carries the message so far.
 *   <li>Demand reaches the socket: a consumer that stops asking stops the server.
 *   <li>A cancel returns at once and closes the connection.
 *   <li>Signals come on an event-loop thread, which must not be blocked; nothing here blocks or owns a thread per
 *       stream.
 * </ul>
 */
@NullMarked
package io.claudeflux;

import org.jspecify.annotations.NullMarked;
