package io.claudeflux.springai;

import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.CustomTool;
import io.claudeflux.message.DocumentBlock;
import io.claudeflux.message.ImageBlock;
import io.claudeflux.message.Json;
import io.claudeflux.message.MessageParam;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.MessageRequestBuilder;
import io.claudeflux.message.OutputConfig;
import io.claudeflux.message.Role;
import io.claudeflux.message.TextBlock;
import io.claudeflux.message.ToolResultBlock;
import io.claudeflux.message.ToolUseBlock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.content.Media;
import org.springframework.ai.model.tool.StructuredOutputChatOptions;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;

/**
 * Spring AI's words for what is asked, in the words of the API. Blocks without text, which the API refuses, are left
 * out, as are the messages that then hold nothing: advisors make empty ones.
 */
final class Prompts {
    private Prompts() {}

    /** The request of a prompt; where its options say nothing, the defaults do. */
    static MessageRequest request(Prompt prompt, ToolCallingChatOptions defaults) {
        MessageRequestBuilder request = MessageRequest.builder();
        List<TextBlock> system = new ArrayList<>();
        for (Message message : prompt.getInstructions()) {
            if (message instanceof SystemMessage) {
                text(message).forEach(block -> system.add((TextBlock) block));
            } else {
                MessageParam turn = turn(message);
                if (!turn.content().isEmpty()) {
                    request.message(turn);
                }
            }
        }
        request.system(system);
        ChatOptions asked = prompt.getOptions();
        new Options(asked == null ? defaults : asked, defaults).applyTo(request);
        return request.build();
    }

    /** The turn that Spring AI's own fields of an answer make. */
    static MessageParam rebuilt(AssistantMessage message) {
        List<ContentBlock> content = text(message);
        message.getToolCalls().forEach(call -> content.add(call(call)));
        return new MessageParam(Role.ASSISTANT, content);
    }

    private static MessageParam turn(Message message) {
        if (message instanceof AssistantMessage answer) {
            MessageParam kept = Answers.kept(answer);
            return kept == null ? rebuilt(answer) : kept;
        }
        List<ContentBlock> content = new ArrayList<>();
        if (message instanceof ToolResponseMessage results) {
            results.getResponses().forEach(result -> content.add(result(result)));
        } else if (message instanceof UserMessage user) {
            // Ahead of the text, where models read them best.
            user.getMedia().forEach(media -> content.add(media(media)));
            content.addAll(text(user));
        } else {
            throw new IllegalArgumentException(
                    "the API has no form for a message of " + message.getClass().getName());
        }
        return new MessageParam(Role.USER, content);
    }

    private static List<ContentBlock> text(Message message) {
        List<ContentBlock> content = new ArrayList<>();
        String text = message.getText();
        if (text != null && !text.isBlank()) {
            content.add(new TextBlock(text));
        }
        return content;
    }

    /** Input that is no object goes back as an empty one, which is all that the API takes. */
    private static ToolUseBlock call(ToolCall call) {
        String arguments = call.arguments();
        Json input;
        try {
            input = Json.parse(arguments);
        } catch (IllegalArgumentException malformed) {
            input = null;
        }
        return input != null && input.isObject()
                ? new ToolUseBlock(call.id(), call.name(), input)
                : new ToolUseBlock(call.id(), call.name(), Json.emptyObject(), arguments, null, Json.emptyObject());
    }

    private static ToolResultBlock result(ToolResponseMessage.ToolResponse result) {
        String data = result.responseData();
        return data.isBlank()
                ? new ToolResultBlock(result.id(), List.of(), false, null, Json.emptyObject())
                : ToolResultBlock.of(result.id(), data);
    }

    private static ContentBlock media(Media media) {
        boolean isImage = media.getMimeType().getType().equals("image");
        Object data = media.getData();
        if (!(data instanceof byte[])) {
            String text = data.toString();
            if (text.startsWith("https://") || text.startsWith("http://")) {
                return isImage ? ImageBlock.url(text) : DocumentBlock.url(text);
            }
            data = Base64.getDecoder().decode(text);
        }
        return isImage ? ImageBlock.of((byte[]) data) : DocumentBlock.of((byte[]) data);
    }

    /** What a prompt asks for, and what holds where it does not. */
    private record Options(ChatOptions asked, ToolCallingChatOptions defaults) {
        private void applyTo(MessageRequestBuilder request) {
            set(ChatOptions::getModel, request::model);
            set(ChatOptions::getMaxTokens, request::maxTokens);
            set(ChatOptions::getStopSequences, request::stopSequences);
            set(ChatOptions::getTemperature, value -> request.extraBody("temperature", value));
            set(ChatOptions::getTopP, value -> request.extraBody("top_p", value));
            set(ChatOptions::getTopK, value -> request.extraBody("top_k", value));
            set(
                    Options::tools,
                    callbacks ->
                            request.tools(callbacks.stream().map(Options::tool).toList()));
            set(Options::schema, schema -> request.outputConfig(OutputConfig.jsonSchema(Json.parse(schema))));
        }

        private <T> void set(Function<ChatOptions, @Nullable T> option, Consumer<T> setter) {
            T value = option.apply(asked);
            if (value == null) {
                value = option.apply(defaults);
            }
            if (value != null) {
                setter.accept(value);
            }
        }

        private static @Nullable List<ToolCallback> tools(ChatOptions options) {
            return options instanceof ToolCallingChatOptions tools ? tools.getToolCallbacks() : null;
        }

        private static @Nullable String schema(ChatOptions options) {
            return options instanceof StructuredOutputChatOptions output ? output.getOutputSchema() : null;
        }

        private static CustomTool tool(ToolCallback callback) {
            var tool = callback.getToolDefinition();
            return new CustomTool(tool.name(), tool.description(), Json.parse(tool.inputSchema()));
        }
    }
}
