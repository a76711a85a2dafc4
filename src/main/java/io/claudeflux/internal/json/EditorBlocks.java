package io.claudeflux.internal.json;

import io.claudeflux.message.TextEditorCodeExecutionToolResultBlock;
import io.claudeflux.message.TextEditorCodeExecutionToolResultBlock.Content;
import io.claudeflux.message.TextEditorCodeExecutionToolResultBlock.Create;
import io.claudeflux.message.TextEditorCodeExecutionToolResultBlock.StrReplace;
import io.claudeflux.message.TextEditorCodeExecutionToolResultBlock.View;
import java.util.List;

/** What the server's editor of files did in a container. */
final class EditorBlocks {
    private static final Union<Content> CONTENT = new Union<>(
            List.of(
                    new Codec<>(
                            "text_editor_code_execution_view_result",
                            View.class,
                            EditorBlocks::view,
                            EditorBlocks::view),
                    new Codec<>(
                            "text_editor_code_execution_create_result",
                            Create.class,
                            EditorBlocks::create,
                            EditorBlocks::create),
                    new Codec<>(
                            "text_editor_code_execution_str_replace_result",
                            StrReplace.class,
                            EditorBlocks::replace,
                            EditorBlocks::replace),
                    ServerToolErrors.of(TextEditorCodeExecutionToolResultBlock.TYPE)),
            ServerToolErrors::unknown,
            ServerToolErrors::raw);

    static final Codec<TextEditorCodeExecutionToolResultBlock> CODEC = new Codec<>(
            TextEditorCodeExecutionToolResultBlock.TYPE,
            TextEditorCodeExecutionToolResultBlock.class,
            EditorBlocks::read,
            EditorBlocks::write);

    private EditorBlocks() {}

    private static TextEditorCodeExecutionToolResultBlock read(Fields fields) {
        return new TextEditorCodeExecutionToolResultBlock(
                fields.requiredString("tool_use_id"),
                CONTENT.readAny(fields.required("content")),
                CacheControls.of(fields),
                fields.rest());
    }

    private static void write(Members out, TextEditorCodeExecutionToolResultBlock block) {
        out.string("tool_use_id", block.toolUseId())
                .value("content", block.content(), CONTENT::write)
                .cacheControl(block.cacheControl())
                .rest(block.extra());
    }

    private static View view(Fields fields) {
        return new View(
                fields.requiredString("content"),
                fields.requiredString("file_type"),
                fields.number("num_lines"),
                fields.number("start_line"),
                fields.number("total_lines"),
                fields.rest());
    }

    private static void view(Members out, View view) {
        out.string("content", view.content())
                .string("file_type", view.fileType())
                .number("num_lines", view.numLines())
                .number("start_line", view.startLine())
                .number("total_lines", view.totalLines())
                .rest(view.extra());
    }

    private static Create create(Fields fields) {
        Boolean isFileUpdate = fields.bool("is_file_update");
        if (isFileUpdate == null) {
            throw new MalformedJsonException("\"is_file_update\" is missing");
        }
        return new Create(isFileUpdate, fields.rest());
    }

    private static void create(Members out, Create create) {
        out.bool("is_file_update", create.isFileUpdate()).rest(create.extra());
    }

    private static StrReplace replace(Fields fields) {
        return new StrReplace(
                fields.strings("lines"),
                fields.number("old_start"),
                fields.number("old_lines"),
                fields.number("new_start"),
                fields.number("new_lines"),
                fields.rest());
    }

    private static void replace(Members out, StrReplace replace) {
        out.strings("lines", replace.lines())
                .number("old_start", replace.oldStart())
                .number("old_lines", replace.oldLines())
                .number("new_start", replace.newStart())
                .number("new_lines", replace.newLines())
                .rest(replace.extra());
    }
}
