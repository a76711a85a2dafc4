/**
 * Tools of MCP servers, for runs of this client: listed and called without blocking, through the client that the
 * application has. Needs {@code io.modelcontextprotocol.sdk:mcp-core} 2.1, which the application adds, with a module
 * for its JSON.
 *
 * <pre>{@code
 * Flux<String> text = McpTools.of(server).list()
 *         .flatMapMany(tools -> claude.tools(tools).runText(request));
 * }</pre>
 */
@NullMarked
package io.claudeflux.mcp;

import org.jspecify.annotations.NullMarked;
