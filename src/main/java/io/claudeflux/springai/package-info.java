/**
 * Claude in Spring AI: a {@link io.claudeflux.springai.ClaudeFluxChatModel} on this library's client, for applications
 * that have {@code spring-ai-model} 2.0 on their class path. In a jar of its own, with the classifier {@code adapters}.
 *
 * <pre>{@code
 * @Bean
 * ChatModel claude(ClaudeClient client) {
 *     return ClaudeFluxChatModel.of(
 *             client, ToolCallingChatOptions.builder().model("claude-sonnet-5-5").maxTokens(4096).build());
 * }
 * }</pre>
 */
@NullMarked
package io.claudeflux.springai;

import org.jspecify.annotations.NullMarked;
