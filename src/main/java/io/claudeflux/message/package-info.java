/**
 * What is said to Claude and what it answers: immutable requests, messages, content blocks, usage and the facts of a
 * response's head.
 *
 * <p>A conversation is a request that grows, by the answer as it came and what is said to it:
 *
 * <pre>{@code
 * MessageRequest next = request.toBuilder()
 *         .message(answer.toParam())
 *         .user("And in Kotlin?")
 *         .build();
 * }</pre>
 *
 * <p>Tool results go into a user turn: {@code .message(MessageParam.user(ToolResultBlock.of(call.id(), result)))}. What
 * stays the same from turn to turn is cheaper with {@link io.claudeflux.message.CacheBreakpoints}.
 *
 * <p>Everything here is plain data: no type of this package does input or output, but for images and documents that are
 * made of a file, and none depends on another package of this library. Sealed types end in an {@code Unknown…} member
 * that keeps the raw JSON, and every record that comes from the server keeps the fields this version does not know in
 * {@code extra}; both are written back exactly as they came, so that an assistant turn can be returned to the server by
 * any later version of the API.
 *
 * <p>{@code toString} of these types never shows prompts, answers or tool inputs.
 */
@NullMarked
package io.claudeflux.message;

import org.jspecify.annotations.NullMarked;
