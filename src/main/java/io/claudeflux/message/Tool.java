package io.claudeflux.message;

import org.jspecify.annotations.Nullable;

/**
 * Something the model may call: a tool of the application, one whose input the API defines and the application runs, or
 * one that the server runs.
 *
 * <p>The name of a tool that the API defines ends in a date, and newer dates come. Each type here has a factory for the
 * date that this version knows as the latest, and takes any other as its {@code type}; what it has no field for goes
 * into {@code extra}. Tools of beta features are {@link UnknownTool}s.
 */
public sealed interface Tool
        permits CustomTool,
                BashTool,
                TextEditorTool,
                MemoryTool,
                ComputerToolset,
                BrowserToolset,
                WebSearchTool,
                WebFetchTool,
                CodeExecutionTool,
                ToolSearchTool,
                UnknownTool {
    /**
     * The tool's kind on the wire, such as {@code custom} or {@code web_search_20260318}.
     *
     * @return the {@code type}; empty for an unknown tool without one
     */
    String type();

    /**
     * The name that calls of the tool have.
     *
     * @return the {@code name}; null for toolsets, whose members have names of their own
     */
    @Nullable String name();
}
