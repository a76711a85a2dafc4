/**
 * A Claude API that runs inside the JVM: for tests of code that calls Claude, and for demos without a key.
 *
 * <p>{@link io.claudeflux.simulator.ClaudeSimulator} is a real HTTP server on a loopback port, so any client of the API
 * can talk to it. It checks requests as the API does, answers them with streams of the API's own events, and misbehaves
 * on request: errors by status or in the middle of a stream, cuts, stalls, slow drips and hostile chunking. Every
 * request it saw can be read afterwards.
 *
 * <pre>{@code
 * try (ClaudeSimulator claude = ClaudeSimulator.start()) {
 *     claude.enqueue(
 *             error(529),                                                    // first request: overloaded
 *             reply("one two three").errorInStream("api_error").afterEvents(4), // second: fails behind the 200
 *             reply("Hello!"));                                              // third: a whole answer
 *     runTheCodeUnderTest(claude.baseUrl());
 *     assertThat(claude.requests()).hasSize(3);
 * }
 * }</pre>
 *
 * <p>An answer is a {@link io.claudeflux.simulator.Reply}: made of {@link io.claudeflux.simulator.Block}s, an immutable
 * value that can be enqueued any number of times or returned by a function of the
 * {@link io.claudeflux.simulator.SimulatedRequest}.
 */
@NullMarked
package io.claudeflux.simulator;

import org.jspecify.annotations.NullMarked;
