package io.claudeflux.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.image.Image;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.PdfFileContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.pdf.PdfFile;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
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
import io.claudeflux.tool.ToolResult;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A request of LangChain4j as one of ours. */
final class Requests {
    private Requests() {}

    static MessageRequest of(
            List<ChatMessage> messages, ChatRequestParameters parameters, Consumer<MessageRequestBuilder> more) {
        MessageRequestBuilder request = MessageRequest.builder();
        converse(messages, request);
        if (parameters.modelName() != null) {
            request.model(parameters.modelName());
        }
        if (parameters.maxOutputTokens() != null) {
            request.maxTokens(parameters.maxOutputTokens());
        }
        extra("temperature", parameters.temperature(), request);
        extra("top_p", parameters.topP(), request);
        extra("top_k", parameters.topK(), request);
        if (parameters.frequencyPenalty() != null || parameters.presencePenalty() != null) {
            throw unsupported("penalties");
        }
        request.stopSequences(parameters.stopSequences());
        OutputConfig form = form(parameters.responseFormat());
        request.outputConfig(form);
        List<ToolSpecification> tools = parameters.toolSpecifications();
        for (ToolSpecification tool : tools) {
            request.tool(tool(tool));
        }
        ToolChoice choice = parameters.toolChoice();
        if (choice != null && !tools.isEmpty()) {
            request.toolChoice(choice(choice));
        }
        more.accept(request);
        return withForm(form, request.build());
    }

    /** Who sets an effort has no way to see the form, and would put it out. */
    private static MessageRequest withForm(@Nullable OutputConfig form, MessageRequest request) {
        OutputConfig config = request.outputConfig();
        return form == null || config == null || config.format() != null
                ? request
                : request.toBuilder()
                        .outputConfig(config.withFormat(form.format()))
                        .build();
    }

    /** An answer as the turn it came in, if it still says what it said then; else made of its text and its calls. */
    static MessageParam turn(AiMessage message) {
        MessageParam turn = kept(message);
        if (turn != null) {
            AiMessage said = AnswerFold.said(turn.content());
            if (Objects.equals(said.text(), message.text())
                    && said.toolExecutionRequests().equals(message.toolExecutionRequests())) {
                return turn;
            }
        }
        List<ContentBlock> content = new ArrayList<>();
        if (message.text() != null && !message.text().isBlank()) {
            content.add(new TextBlock(message.text()));
        }
        for (ToolExecutionRequest call : message.toolExecutionRequests()) {
            content.add(call(call));
        }
        return new MessageParam(Role.ASSISTANT, content);
    }

    private static @Nullable MessageParam kept(AiMessage message) {
        if (message.attributes().get(ClaudeFluxStreamingChatModel.CONTENT) instanceof String text) {
            try {
                return Json.parse(text).as(MessageParam.class);
            } catch (IllegalArgumentException notKept) {
                // A store cut it; text and calls are still there.
            }
        }
        return null;
    }

    private static void converse(List<ChatMessage> messages, MessageRequestBuilder request) {
        List<TextBlock> system = new ArrayList<>();
        List<ContentBlock> results = new ArrayList<>();
        for (ChatMessage message : messages) {
            if (message instanceof ToolExecutionResultMessage result) {
                results.add(result(result)); // the API wants all of an answer's in one turn
                continue;
            }
            say(Role.USER, results, request);
            results.clear();
            if (message instanceof SystemMessage instruction) {
                system.add(new TextBlock(instruction.text()));
            } else if (message instanceof UserMessage user) {
                say(Role.USER, blocks(user.contents()), request);
            } else if (message instanceof AiMessage answer) {
                say(Role.ASSISTANT, turn(answer).content(), request);
            } else {
                throw unsupported("a message of type " + message.type());
            }
        }
        say(Role.USER, results, request);
        request.system(system);
    }

    private static void say(Role role, List<ContentBlock> content, MessageRequestBuilder request) {
        if (!content.isEmpty()) {
            request.message(new MessageParam(role, content));
        }
    }

    private static ToolResultBlock result(ToolExecutionResultMessage message) {
        return new ToolResult(blocks(message.contents()), Boolean.TRUE.equals(message.isError())).toBlock(message.id());
    }

    private static List<ContentBlock> blocks(List<Content> contents) {
        List<ContentBlock> blocks = new ArrayList<>();
        for (Content content : contents) {
            if (!(content instanceof TextContent text)) {
                blocks.add(block(content));
            } else if (!text.text().isBlank()) {
                blocks.add(new TextBlock(text.text()));
            }
        }
        return blocks;
    }

    private static ContentBlock block(Content content) {
        if (content instanceof ImageContent picture) {
            Image image = picture.image();
            return image.url() == null
                    ? ImageBlock.of(bytes(image.base64Data()))
                    : ImageBlock.url(image.url().toString());
        } else if (content instanceof PdfFileContent document) {
            PdfFile file = document.pdfFile();
            return file.url() == null
                    ? DocumentBlock.of(bytes(file.base64Data()))
                    : DocumentBlock.url(file.url().toString());
        }
        throw unsupported("content of type " + content.type());
    }

    private static byte[] bytes(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    private static ToolUseBlock call(ToolExecutionRequest call) {
        String arguments = call.arguments();
        if (arguments == null || arguments.isBlank()) {
            return new ToolUseBlock(call.id(), call.name(), Json.emptyObject());
        }
        try {
            Json input = Json.parse(arguments);
            if (input.isObject()) {
                return new ToolUseBlock(call.id(), call.name(), input);
            }
        } catch (IllegalArgumentException noJson) {
            // Told as it is, below: the model wrote it.
        }
        return new ToolUseBlock(call.id(), call.name(), Json.emptyObject(), arguments, null, Json.emptyObject());
    }

    private static CustomTool tool(ToolSpecification tool) {
        boolean isStrict = Boolean.TRUE.equals(tool.strict());
        Json schema = tool.parameters() == null
                ? Json.parse("{\"type\":\"object\",\"properties\":{}}")
                : Schemas.json(tool.parameters(), isStrict);
        CustomTool ours = new CustomTool(tool.name(), tool.description(), schema, null, Json.emptyObject());
        return isStrict ? ours.withStrict(true) : ours;
    }

    private static @Nullable OutputConfig form(@Nullable ResponseFormat format) {
        if (format == null) {
            return null;
        } else if (format.jsonSchema() != null) {
            return OutputConfig.jsonSchema(Schemas.json(format.jsonSchema().rootElement(), true));
        } else if (format.type() == ResponseFormatType.JSON) {
            throw unsupported("JSON without a schema");
        }
        return null;
    }

    private static void extra(String name, @Nullable Number value, MessageRequestBuilder request) {
        if (value != null) {
            request.extraBody(name, value);
        }
    }

    private static io.claudeflux.message.ToolChoice choice(ToolChoice choice) {
        if (choice == ToolChoice.REQUIRED) {
            return io.claudeflux.message.ToolChoice.any();
        }
        return choice == ToolChoice.NONE
                ? io.claudeflux.message.ToolChoice.none()
                : io.claudeflux.message.ToolChoice.auto();
    }

    static UnsupportedFeatureException unsupported(String what) {
        return new UnsupportedFeatureException("Claude takes no such thing: " + what);
    }
}
