/**
 * What can go wrong, by where it went wrong.
 *
 * <table>
 * <caption>The exception tree</caption>
 * <tr><th>type</th><th>what happened</th></tr>
 * <tr><td>{@link io.claudeflux.error.ApiException}</td><td>the server answered with an error, by HTTP status or inside the stream</td></tr>
 * <tr><td>{@link io.claudeflux.error.TransportException}</td><td>no answer: DNS, connect, TLS, proxy, reset, bytes that are not HTTP</td></tr>
 * <tr><td>{@link io.claudeflux.error.StreamException}</td><td>an answer that is not a whole, well-formed stream</td></tr>
 * <tr><td>{@link io.claudeflux.error.ClockException}</td><td>a time limit passed</td></tr>
 * <tr><td>{@link io.claudeflux.error.AdmissionException}</td><td>the client did not let the request out</td></tr>
 * <tr><td>{@link io.claudeflux.error.StructuredOutputException}</td><td>an answer came, and is not the value that was asked for</td></tr>
 * <tr><td>{@link io.claudeflux.error.ConfigurationException}</td><td>a setting cannot be right; or, as {@link io.claudeflux.error.PreflightException}, a request</td></tr>
 * <tr><td>{@link io.claudeflux.error.ToolLoopException}</td><td>a run with tools could not go on; within another error, where the run had come to</td></tr>
 * </table>
 *
 * <p>No message of these exceptions holds an API key or a prompt; text that came from the server is cut and its control
 * characters are escaped.
 */
@NullMarked
package io.claudeflux.error;

import org.jspecify.annotations.NullMarked;
