package io.claudeflux.peers;

import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;

/** Spring AI on the SDK that it brings; {@link SpringAiLoader} loads this class, nobody else may. */
public final class SpringAiPeer implements PeerClient {
    private final AnthropicChatModel model;

    /** Called by the loader. */
    public SpringAiPeer(PeerSettings settings) {
        AnthropicChatOptions.Builder options = new AnthropicChatOptions.Builder();
        options.apiKey(settings.apiKey()).baseUrl(settings.baseUrl()).model(PeerSettings.MODEL);
        options.maxTokens(64);
        if (settings.readTimeout() != null) {
            options.timeout(settings.readTimeout());
        }
        model = AnthropicChatModel.builder().options(options.build()).build();
    }

    @Override
    public Flux<String> text() {
        return model.stream(new Prompt(PeerSettings.PROMPT))
                .mapNotNull(response -> response.getResult() == null
                        ? null
                        : response.getResult().getOutput().getText())
                .filter(text -> !text.isEmpty());
    }

    @Override
    public void close() {
        model.getAnthropicClient().close();
        model.getAnthropicClientAsync().close();
    }

    @Override
    public String toString() {
        return model.getOptions().toString();
    }
}
