package io.claudeflux.internal.json;

import io.claudeflux.message.CacheControl;
import io.claudeflux.message.Citation;
import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.DocumentBlock;
import io.claudeflux.message.ImageBlock;
import io.claudeflux.message.Json;
import io.claudeflux.message.RedactedThinkingBlock;
import io.claudeflux.message.TextBlock;
import io.claudeflux.message.ThinkingBlock;
import io.claudeflux.message.ToolResultBlock;
import io.claudeflux.message.ToolUseBlock;
import io.claudeflux.message.UnknownBlock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Content blocks, in both directions. */
final class ContentBlocks {
    private ContentBlocks() {}

    static ContentBlock read(Json json) {
        Fields fields = Fields.of(json);
        String type = fields.string("type", "");
        return switch (type) {
            case TextBlock.TYPE -> text(fields);
            case ImageBlock.TYPE ->
                new ImageBlock(MediaSources.read(fields.required("source")), cacheControl(fields), fields.rest());
            case DocumentBlock.TYPE -> document(fields);
            case ThinkingBlock.TYPE ->
                new ThinkingBlock(fields.string("thinking", ""), fields.string("signature", ""), fields.rest());
            case RedactedThinkingBlock.TYPE -> new RedactedThinkingBlock(fields.string("data", ""), fields.rest());
            case ToolUseBlock.TYPE -> toolUse(fields);
            case ToolResultBlock.TYPE -> toolResult(fields);
            default -> new UnknownBlock(type, json);
        };
    }

    /** A list of blocks, or the string that stands for one text block. */
    static List<ContentBlock> readContent(@Nullable Json content) {
        if (content == null) {
            return List.of();
        }
        return content.asString()
                .<List<ContentBlock>>map(text -> List.of(new TextBlock(text)))
                .orElseGet(() -> Slices.elements(content.text()).stream()
                        .map(ContentBlocks::read)
                        .toList());
    }

    private static TextBlock text(Fields fields) {
        return new TextBlock(
                fields.string("text", ""),
                fields.list("citations", ContentBlocks::citation),
                cacheControl(fields),
                fields.rest());
    }

    private static DocumentBlock document(Fields fields) {
        return new DocumentBlock(
                MediaSources.read(fields.required("source")),
                fields.string("title"),
                fields.string("context"),
                documentCitations(fields),
                cacheControl(fields),
                fields.rest());
    }

    /** The usual form is a switch; any other stays among the fields this version does not know. */
    private static @Nullable Boolean documentCitations(Fields fields) {
        Json citations = fields.peek("citations");
        if (citations == null || !citations.isObject()) {
            return null;
        }
        Fields settings = Fields.of(citations);
        Boolean enabled = settings.bool("enabled");
        if (!settings.isEmpty()) {
            return null;
        }
        fields.drop("citations");
        return enabled;
    }

    private static ToolUseBlock toolUse(Fields fields) {
        Json input = fields.json("input");
        return new ToolUseBlock(
                fields.string("id", ""),
                fields.string("name", ""),
                input == null ? Json.emptyObject() : input,
                null,
                cacheControl(fields),
                fields.rest());
    }

    private static ToolResultBlock toolResult(Fields fields) {
        return new ToolResultBlock(
                fields.string("tool_use_id", ""),
                readContent(fields.json("content")),
                Boolean.TRUE.equals(fields.bool("is_error")),
                cacheControl(fields),
                fields.rest());
    }

    static Citation citation(Json json) {
        return new Citation(json.get("type").flatMap(Json::asString).orElse(""), json);
    }

    static @Nullable CacheControl cacheControl(Fields fields) {
        return fields.map("cache_control", json -> {
            Fields control = Fields.of(json);
            return new CacheControl(control.string("type", "ephemeral"), control.string("ttl"), control.rest());
        });
    }

    static void write(JsonGenerator out, ContentBlock block) {
        if (block instanceof UnknownBlock unknown) {
            Members.raw(out, unknown.raw());
        } else {
            Members.object(out, block, ContentBlocks::members);
        }
    }

    /** A single plain text is written as a string, which is how people write it. */
    static void writeContent(JsonGenerator out, List<? extends ContentBlock> content) {
        if (content.size() == 1 && content.get(0) instanceof TextBlock text && text.isPlain()) {
            out.writeString(text.text());
        } else {
            Members.array(out, content, ContentBlocks::write);
        }
    }

    private static void members(Members out, ContentBlock block) {
        out.string("type", block.type());
        if (block instanceof TextBlock text) {
            out.string("text", text.text())
                    .list(
                            "citations",
                            text.citations(),
                            (generator, citation) -> Members.raw(generator, citation.raw()))
                    .value("cache_control", text.cacheControl(), ContentBlocks::writeCacheControl)
                    .rest(text.extra());
        } else if (block instanceof ThinkingBlock thinking) {
            out.string("thinking", thinking.thinking())
                    .string("signature", thinking.signature())
                    .rest(thinking.extra());
        } else if (block instanceof RedactedThinkingBlock redacted) {
            out.string("data", redacted.data()).rest(redacted.extra());
        } else if (block instanceof ToolUseBlock tool) {
            out.string("id", tool.id())
                    .string("name", tool.name())
                    .json("input", tool.input())
                    .value("cache_control", tool.cacheControl(), ContentBlocks::writeCacheControl)
                    .rest(tool.extra());
        } else if (block instanceof ToolResultBlock result) {
            toolResult(out, result);
        } else if (block instanceof ImageBlock image) {
            out.value("source", image.source(), MediaSources::write)
                    .value("cache_control", image.cacheControl(), ContentBlocks::writeCacheControl)
                    .rest(image.extra());
        } else if (block instanceof DocumentBlock document) {
            document(out, document);
        }
    }

    private static void toolResult(Members out, ToolResultBlock result) {
        out.string("tool_use_id", result.toolUseId());
        if (!result.content().isEmpty()) {
            out.value("content", result.content(), ContentBlocks::writeContent);
        }
        out.bool("is_error", result.isError() ? true : null)
                .value("cache_control", result.cacheControl(), ContentBlocks::writeCacheControl)
                .rest(result.extra());
    }

    private static void document(Members out, DocumentBlock document) {
        out.value("source", document.source(), MediaSources::write)
                .string("title", document.title())
                .string("context", document.context())
                .value(
                        "citations",
                        document.citations(),
                        (generator, enabled) ->
                                Members.object(generator, enabled, (citations, on) -> citations.bool("enabled", on)))
                .value("cache_control", document.cacheControl(), ContentBlocks::writeCacheControl)
                .rest(document.extra());
    }

    static void writeCacheControl(JsonGenerator out, CacheControl control) {
        Members.object(
                out,
                control,
                (members, value) -> members.string("type", value.type())
                        .string("ttl", value.ttl())
                        .rest(value.extra()));
    }
}
