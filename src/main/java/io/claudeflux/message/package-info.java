/**
 * What is said to Claude and what it answers: immutable requests, messages, content blocks, usage and the facts of a
 * response's head.
 *
 * <p>Everything here is plain data: no type of this package does input or output, and none depends on another package
 * of this library. Sealed types end in an {@code Unknown…} member that keeps the raw JSON, and every record that comes
 * from the server keeps the fields this version does not know in {@code extra}; both are written back exactly as they
 * came, so that an assistant turn can be returned to the server by any later version of the API.
 *
 * <p>{@code toString} of these types never shows prompts, answers or tool inputs.
 */
@NullMarked
package io.claudeflux.message;

import org.jspecify.annotations.NullMarked;
