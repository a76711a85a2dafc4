/**
 * A streamed answer: its events, the fold that makes a message of them
 * ({@link io.claudeflux.stream.MessageAccumulator}), and views of its parts
 * ({@link io.claudeflux.stream.MessageStream}), such as the input of a tool call while it is written
 * ({@link io.claudeflux.stream.ToolInput}).
 *
 * <p>The grammar of a stream, as this client hands it down:
 *
 * <pre>
 * message_start (content_block_start content_block_delta* content_block_stop)* message_delta+ message_stop
 * </pre>
 *
 * <p>with {@code ping} and unknown events anywhere. A stream that breaks this grammar, or ends before
 * {@code message_stop}, ends in an error; it never completes.
 */
@NullMarked
package io.claudeflux.stream;

import org.jspecify.annotations.NullMarked;
