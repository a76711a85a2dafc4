package io.claudeflux.internal.json;

import io.claudeflux.message.Diagnostics;
import io.claudeflux.message.Json;
import io.claudeflux.message.MessageParam;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.Metadata;
import io.claudeflux.message.OutputConfig;
import io.claudeflux.message.TextBlock;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** Requests to bytes. */
public final class RequestWriter {
    /** Fields of the request for a message that the counting endpoint does not take, as no input comes of them. */
    private static final Set<String> ABOUT_THE_ANSWER =
            Set.of("temperature", "top_p", "top_k", "fallbacks", "fallback_credit_token");

    private RequestWriter() {}

    /**
     * The body of a streaming call.
     *
     * @param request what is asked
     * @return UTF-8 JSON with {@code "stream": true}
     * @throws IllegalArgumentException if the request holds something that has no JSON form
     */
    public static byte[] streaming(MessageRequest request) {
        return bytes(request, (members, value) -> members(members, value).bool("stream", true));
    }

    /**
     * The body of a call that counts tokens: what is input, and the extra fields but for those that are about the
     * answer alone.
     *
     * @param request what is asked
     * @return UTF-8 JSON
     * @throws IllegalArgumentException if the request holds something that has no JSON form
     */
    public static byte[] counting(MessageRequest request) {
        return bytes(request, RequestWriter::countedMembers);
    }

    private static byte[] bytes(MessageRequest request, BiConsumer<Members, MessageRequest> body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator out = JsonFormat.FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            Members members = Members.object(out);
            body.accept(members, request);
            members.end();
        } catch (JacksonException unwritable) {
            // Without its message, which may quote the request.
            throw new IllegalArgumentException("the request holds something that cannot be written as JSON");
        }
        return bytes.toByteArray();
    }

    static void write(JsonGenerator out, MessageRequest request) {
        members(Members.object(out), request).end();
    }

    private static Members members(Members out, MessageRequest request) {
        out.string("model", request.model()).number("max_tokens", (long) request.maxTokens());
        return input(out, request)
                .strings("stop_sequences", request.stopSequences())
                .value("metadata", request.metadata(), RequestWriter::writeMetadata)
                .word("service_tier", request.serviceTier())
                .word("speed", request.speed())
                .value("thinking", request.thinking(), ThinkingModes::write)
                .value("output_config", request.outputConfig(), RequestWriter::writeOutputConfig)
                .list("tools", request.tools(), Tools::write)
                .value("tool_choice", request.toolChoice(), ToolChoices::write)
                .cacheControl(request.cacheControl())
                .value("container", request.container(), Containers::writeParam)
                .value("diagnostics", request.diagnostics(), RequestWriter::writeDiagnostics)
                .string("inference_geo", request.inferenceGeo())
                .rest(request.extraBody());
    }

    private static void countedMembers(Members out, MessageRequest request) {
        Map<String, Json> extra = new LinkedHashMap<>(request.extraBody().members());
        extra.keySet().removeAll(ABOUT_THE_ANSWER);
        input(out.string("model", request.model()), request)
                .word("speed", request.speed())
                .value("thinking", request.thinking(), ThinkingModes::write)
                .value("output_config", request.outputConfig(), RequestWriter::writeOutputConfig)
                .list("tools", request.tools(), Tools::write)
                .value("tool_choice", request.toolChoice(), ToolChoices::write)
                .cacheControl(request.cacheControl())
                .rest(Json.of(extra));
    }

    private static Members input(Members out, MessageRequest request) {
        return out.value("system", system(request), ContentBlocks::writeContent)
                .array("messages", request.messages(), RequestWriter::writeTurn);
    }

    private static @Nullable List<TextBlock> system(MessageRequest request) {
        return request.system().isEmpty() ? null : request.system();
    }

    static void writeTurn(JsonGenerator out, MessageParam turn) {
        Members.object(out)
                .word("role", turn.role())
                .value("content", turn.content(), ContentBlocks::writeContent)
                .rest(turn.extra())
                .end();
    }

    private static void writeMetadata(JsonGenerator out, Metadata metadata) {
        Members.object(out)
                .string("user_id", metadata.userId())
                .rest(metadata.extra())
                .end();
    }

    private static void writeOutputConfig(JsonGenerator out, OutputConfig config) {
        Members.object(out)
                .word("effort", config.effort())
                .value("format", config.format(), OutputFormats::write)
                .rest(config.extra())
                .end();
    }

    /** The first turn opts in with an explicit null. */
    private static void writeDiagnostics(JsonGenerator out, Diagnostics diagnostics) {
        Members.object(out)
                .stringOrNull("previous_message_id", diagnostics.previousMessageId())
                .rest(diagnostics.extra())
                .end();
    }
}
