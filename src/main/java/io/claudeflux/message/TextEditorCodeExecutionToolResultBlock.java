package io.claudeflux.message;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What came of showing or changing a file of a container.
 *
 * @param toolUseId the id of the {@link ServerToolUseBlock} that this answers
 * @param content what came of the call
 * @param cacheControl a cache breakpoint behind this block; only in requests
 * @param extra the fields this version does not know, as one JSON object
 */
public record TextEditorCodeExecutionToolResultBlock(
        String toolUseId, Content content, @Nullable CacheControl cacheControl, Json extra)
        implements ContentBlock,
                Cacheable<TextEditorCodeExecutionToolResultBlock>,
                ServerToolResult<TextEditorCodeExecutionToolResultBlock.Content> {
    /** The name on the wire. */
    public static final String TYPE = "text_editor_code_execution_tool_result";

    /**
     * Takes any result.
     *
     * @throws NullPointerException if {@code toolUseId}, {@code content} or {@code extra} is null
     */
    public TextEditorCodeExecutionToolResultBlock {
        Objects.requireNonNull(toolUseId, "toolUseId");
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * A result without further fields.
     *
     * @param toolUseId the id of the call
     * @param content what came of it
     */
    public TextEditorCodeExecutionToolResultBlock(String toolUseId, Content content) {
        this(toolUseId, content, null, Json.emptyObject());
    }

    @Override
    public TextEditorCodeExecutionToolResultBlock withCacheControl(@Nullable CacheControl cacheControl) {
        return new TextEditorCodeExecutionToolResultBlock(toolUseId, content, cacheControl, extra);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String toString() {
        return "TextEditorCodeExecutionToolResultBlock[" + toolUseId + ", " + content + "]";
    }

    /** What came of the call. */
    public sealed interface Content permits View, Create, StrReplace, ServerToolError, UnknownContent {}

    /**
     * A file, or a part of it.
     *
     * @param content what stands in it
     * @param fileType {@code text}, {@code image} or {@code pdf}; an open set
     * @param numLines how many lines are shown
     * @param startLine the first of them, counted from 1
     * @param totalLines how many lines the file has
     * @param extra the fields this version does not know, as one JSON object
     */
    public record View(
            String content,
            String fileType,
            @Nullable Long numLines,
            @Nullable Long startLine,
            @Nullable Long totalLines,
            Json extra)
            implements Content {
        /**
         * Takes the values as they are.
         *
         * @throws NullPointerException if {@code content}, {@code fileType} or {@code extra} is null
         */
        public View {
            Objects.requireNonNull(content, "content");
            Objects.requireNonNull(fileType, "fileType");
            Objects.requireNonNull(extra, "extra");
        }

        @Override
        public String toString() {
            return "View[" + fileType + ", " + content.length() + " chars]";
        }
    }

    /**
     * A file was written.
     *
     * @param isFileUpdate whether it was there before
     * @param extra the fields this version does not know, as one JSON object
     */
    public record Create(boolean isFileUpdate, Json extra) implements Content {
        /**
         * Takes the values as they are.
         *
         * @throws NullPointerException if {@code extra} is null
         */
        public Create {
            Objects.requireNonNull(extra, "extra");
        }
    }

    /**
     * A part of a file was replaced: where it stood, where its replacement stands, and the lines around.
     *
     * @param lines the lines, each as a difference shows it
     * @param oldStart the first line of what was replaced
     * @param oldLines how many lines it had
     * @param newStart the first line of the replacement
     * @param newLines how many lines it has
     * @param extra the fields this version does not know, as one JSON object
     */
    public record StrReplace(
            List<String> lines,
            @Nullable Long oldStart,
            @Nullable Long oldLines,
            @Nullable Long newStart,
            @Nullable Long newLines,
            Json extra)
            implements Content {
        /**
         * Copies the list.
         *
         * @throws NullPointerException if {@code lines} or {@code extra} is null
         */
        public StrReplace {
            Objects.requireNonNull(extra, "extra");
            lines = List.copyOf(lines);
        }

        @Override
        public String toString() {
            return "StrReplace[" + lines.size() + " lines]";
        }
    }
}
