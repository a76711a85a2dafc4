package io.claudeflux.internal.json;

import io.claudeflux.message.BrowserStateBlock;
import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.Json;
import io.claudeflux.message.ServerToolName;
import io.claudeflux.message.ServerToolUseBlock;
import io.claudeflux.message.ToolReferenceBlock;
import io.claudeflux.message.ToolResultBlock;
import io.claudeflux.message.ToolUseBlock;
import java.util.List;

/** Calls of tools, and what tools of the application answer. */
final class ToolBlocks {
    static final Codec<ToolReferenceBlock> REFERENCE = new Codec<>(
            ToolReferenceBlock.TYPE, ToolReferenceBlock.class, ToolBlocks::reference, ToolBlocks::reference);

    static final List<Codec<? extends ContentBlock>> CODECS = List.of(
            new Codec<>(ToolUseBlock.TYPE, ToolUseBlock.class, ToolBlocks::use, ToolBlocks::use),
            new Codec<>(
                    ServerToolUseBlock.TYPE, ServerToolUseBlock.class, ToolBlocks::serverUse, ToolBlocks::serverUse),
            new Codec<>(ToolResultBlock.TYPE, ToolResultBlock.class, ToolBlocks::result, ToolBlocks::result),
            REFERENCE,
            new Codec<>(BrowserStateBlock.TYPE, BrowserStateBlock.class, BrowserStates::read, BrowserStates::write));

    private ToolBlocks() {}

    private static ToolUseBlock use(Fields fields) {
        return new ToolUseBlock(
                fields.string("id", ""),
                fields.string("name", ""),
                input(fields),
                null,
                fields.fitting("caller", Callers::read),
                fields.string("toolset_name"),
                CacheControls.of(fields),
                fields.rest());
    }

    private static Json input(Fields fields) {
        Json input = fields.json("input");
        return input == null ? Json.emptyObject() : input;
    }

    private static void use(Members out, ToolUseBlock call) {
        out.string("id", call.id())
                .string("name", call.name())
                .json("input", call.input())
                .value("caller", call.caller(), Callers::write)
                .string("toolset_name", call.toolsetName())
                .cacheControl(call.cacheControl())
                .rest(call.extra());
    }

    private static ServerToolUseBlock serverUse(Fields fields) {
        return new ServerToolUseBlock(
                fields.requiredString("id"),
                ServerToolName.of(fields.requiredString("name")),
                input(fields),
                null,
                fields.fitting("caller", Callers::read),
                CacheControls.of(fields),
                fields.rest());
    }

    private static void serverUse(Members out, ServerToolUseBlock call) {
        out.string("id", call.id())
                .word("name", call.name())
                .json("input", call.input())
                .value("caller", call.caller(), Callers::write)
                .cacheControl(call.cacheControl())
                .rest(call.extra());
    }

    private static ToolResultBlock result(Fields fields) {
        return new ToolResultBlock(
                fields.string("tool_use_id", ""),
                ContentBlocks.readContent(fields.json("content")),
                Boolean.TRUE.equals(fields.bool("is_error")),
                fields.string("toolset_name"),
                CacheControls.of(fields),
                fields.rest());
    }

    private static void result(Members out, ToolResultBlock result) {
        out.string("tool_use_id", result.toolUseId());
        if (!result.content().isEmpty()) {
            out.value("content", result.content(), ContentBlocks::writeContent);
        }
        out.bool("is_error", result.isError() ? true : null)
                .string("toolset_name", result.toolsetName())
                .cacheControl(result.cacheControl())
                .rest(result.extra());
    }

    private static ToolReferenceBlock reference(Fields fields) {
        return new ToolReferenceBlock(fields.requiredString("tool_name"), CacheControls.of(fields), fields.rest());
    }

    private static void reference(Members out, ToolReferenceBlock reference) {
        out.string("tool_name", reference.toolName())
                .cacheControl(reference.cacheControl())
                .rest(reference.extra());
    }
}
