package io.claudeflux.message;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An editor of files that the application runs; the API defines its input.
 *
 * @param type its name on the wire with its date, such as {@code text_editor_20250728}
 * @param name the name of its calls, which depends on the date
 * @param maxCharacters the most characters of a file that are shown; null leaves the server's default
 * @param inputExamples examples of its input; empty for none
 * @param options how it may be called
 * @param cacheControl a cache breakpoint behind this tool
 * @param extra the fields this version does not know, as one JSON object
 */
public record TextEditorTool(
        String type,
        String name,
        @Nullable Long maxCharacters,
        List<Json> inputExamples,
        ToolOptions options,
        @Nullable CacheControl cacheControl,
        Json extra)
        implements Tool, ConfigurableTool<TextEditorTool> {
    /**
     * Copies the lists.
     *
     * @throws NullPointerException if an argument that is not nullable is null
     */
    public TextEditorTool {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(extra, "extra");
        inputExamples = List.copyOf(inputExamples);
    }

    /**
     * The tool as this version knows it.
     *
     * @return {@code text_editor_20250728}
     */
    public static TextEditorTool latest() {
        return new TextEditorTool(
                "text_editor_20250728",
                "str_replace_based_edit_tool",
                null,
                List.of(),
                ToolOptions.none(),
                null,
                Json.emptyObject());
    }

    /**
     * The same tool with another bound on what is shown.
     *
     * @param maxCharacters the most characters of a file; null for the default
     * @return a copy
     */
    public TextEditorTool withMaxCharacters(@Nullable Long maxCharacters) {
        return new TextEditorTool(type, name, maxCharacters, inputExamples, options, cacheControl, extra);
    }

    /**
     * The same tool with examples of its input.
     *
     * @param inputExamples the examples, objects; empty for none
     * @return a copy
     */
    public TextEditorTool withInputExamples(List<Json> inputExamples) {
        return new TextEditorTool(type, name, maxCharacters, inputExamples, options, cacheControl, extra);
    }

    @Override
    public TextEditorTool withOptions(ToolOptions options) {
        return new TextEditorTool(type, name, maxCharacters, inputExamples, options, cacheControl, extra);
    }

    @Override
    public TextEditorTool withCacheControl(@Nullable CacheControl cacheControl) {
        return new TextEditorTool(type, name, maxCharacters, inputExamples, options, cacheControl, extra);
    }

    @Override
    public String toString() {
        return "TextEditorTool[" + type + "]";
    }
}
