/**
 * A chat in the browser: a WebFlux service that hands on an answer as server-sent events while it is written.
 *
 * <pre>
 * mvn -q -Pexamples test-compile exec:java                      # then open http://127.0.0.1:8080/
 * ANTHROPIC_API_KEY=sk-ant-... mvn -q -Pexamples test-compile exec:java
 * mvn -q -Pexamples test-compile exec:java -Dexec.args="--server.port=9090"
 * </pre>
 *
 * <p>Without a key a simulated Claude API answers, with scripts for what can go wrong: ask it something with
 * "overload", "limit", "cut", "silence" or "down" in it. Ctrl-C ends the service, after two seconds also where answers
 * are still being written.
 *
 * <p>The client is the one of the auto-configuration: {@code claude-flux.*} properties say what it does.
 *
 * <p>What to look at:
 *
 * <ul>
 *   <li>{@link io.claudeflux.example.chat.ChatController}: one method from the request to the stream. It blocks
 *       nothing, subscribes to nothing, and holds no thread while an answer is open.
 *   <li>{@link io.claudeflux.example.chat.ChatRelay}: retries become visible, by a listener of one call. The browser's
 *       disconnect cancels the request to the API; a browser that does not read holds it back.
 *   <li>{@link io.claudeflux.example.chat.Trouble}: what a visitor is told of a failure, and what not.
 *   <li>{@code static/}: the page, without a build step. {@code sse.js} reads the stream of a {@code fetch}, whose
 *       abort is what the Stop button does.
 * </ul>
 */
@NullMarked
package io.claudeflux.example.chat;

import org.jspecify.annotations.NullMarked;
