/**
 * LangChain4j on this client: a streaming chat model without a thread for each stream. It is in the jar with the
 * classifier {@code adapters}, and needs {@code dev.langchain4j:langchain4j-core} from 1.20 on, which the application
 * adds.
 *
 * <pre>{@code
 * StreamingChatModel model = ClaudeFluxStreamingChatModel.of(claude, "claude-sonnet-5-5", 1024);
 * Assistant assistant = AiServices.create(Assistant.class, model);
 * }</pre>
 */
@NullMarked
package io.claudeflux.langchain4j;

import org.jspecify.annotations.NullMarked;
