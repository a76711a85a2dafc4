package io.claudeflux.internal.json;

import io.claudeflux.message.BashTool;
import io.claudeflux.message.BrowserToolset;
import io.claudeflux.message.ComputerToolset;
import io.claudeflux.message.CustomTool;
import io.claudeflux.message.Json;
import io.claudeflux.message.MemberConfig;
import io.claudeflux.message.MemoryTool;
import io.claudeflux.message.TextEditorTool;
import io.claudeflux.message.Tool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Tools that the application runs. */
final class ClientTools {
    static final List<Codec<? extends Tool>> CODECS = List.of(
            new Codec<>(CustomTool.TYPE, CustomTool.class, ClientTools::custom, ClientTools::custom),
            new Codec<>("bash", BashTool.class, ClientTools::bash, ClientTools::bash),
            new Codec<>("text_editor", TextEditorTool.class, ClientTools::textEditor, ClientTools::textEditor),
            new Codec<>("memory", MemoryTool.class, ClientTools::memory, ClientTools::memory),
            new Codec<>("computer_toolset", ComputerToolset.class, ClientTools::computer, ClientTools::computer),
            new Codec<>("browser_toolset", BrowserToolset.class, ClientTools::browser, ClientTools::browser));

    private ClientTools() {}

    /** The type may be left out, and is. */
    private static CustomTool custom(Fields fields) {
        return new CustomTool(
                fields.drop("type").string("name", ""),
                fields.string("description"),
                fields.required("input_schema"),
                fields.bool("eager_input_streaming"),
                fields.list("input_examples", example -> example),
                ToolSettings.options(fields),
                CacheControls.of(fields),
                fields.rest());
    }

    private static void custom(Members out, CustomTool tool) {
        out.string("name", tool.name())
                .string("description", tool.description())
                .json("input_schema", tool.inputSchema())
                .bool("eager_input_streaming", tool.eagerInputStreaming())
                .list("input_examples", tool.inputExamples(), Members::raw);
        ToolSettings.write(out, tool).rest(tool.extra());
    }

    private static BashTool bash(Fields fields) {
        return new BashTool(
                ToolSettings.named(fields, BashTool.NAME).requiredString("type"),
                fields.list("input_examples", example -> example),
                ToolSettings.options(fields),
                CacheControls.of(fields),
                fields.rest());
    }

    private static void bash(Members out, BashTool tool) {
        out.string("type", tool.type())
                .string("name", tool.name())
                .list("input_examples", tool.inputExamples(), Members::raw);
        ToolSettings.write(out, tool).rest(tool.extra());
    }

    private static MemoryTool memory(Fields fields) {
        return new MemoryTool(
                ToolSettings.named(fields, MemoryTool.NAME).requiredString("type"),
                fields.list("input_examples", example -> example),
                ToolSettings.options(fields),
                CacheControls.of(fields),
                fields.rest());
    }

    private static void memory(Members out, MemoryTool tool) {
        out.string("type", tool.type())
                .string("name", tool.name())
                .list("input_examples", tool.inputExamples(), Members::raw);
        ToolSettings.write(out, tool).rest(tool.extra());
    }

    private static TextEditorTool textEditor(Fields fields) {
        return new TextEditorTool(
                fields.requiredString("type"),
                fields.requiredString("name"),
                fields.number("max_characters"),
                fields.list("input_examples", example -> example),
                ToolSettings.options(fields),
                CacheControls.of(fields),
                fields.rest());
    }

    private static void textEditor(Members out, TextEditorTool tool) {
        out.string("type", tool.type())
                .string("name", tool.name())
                .number("max_characters", tool.maxCharacters())
                .list("input_examples", tool.inputExamples(), Members::raw);
        ToolSettings.write(out, tool).rest(tool.extra());
    }

    private static ComputerToolset computer(Fields fields) {
        return new ComputerToolset(
                fields.requiredString("type"), configs(fields), CacheControls.of(fields), fields.rest());
    }

    private static void computer(Members out, ComputerToolset tools) {
        out.string("type", tools.type())
                .value("configs", written(tools.configs()), ClientTools::writeConfigs)
                .cacheControl(tools.cacheControl())
                .rest(tools.extra());
    }

    private static BrowserToolset browser(Fields fields) {
        return new BrowserToolset(
                fields.requiredString("type"), configs(fields), CacheControls.of(fields), fields.rest());
    }

    private static void browser(Members out, BrowserToolset tools) {
        out.string("type", tools.type())
                .value("configs", written(tools.configs()), ClientTools::writeConfigs)
                .cacheControl(tools.cacheControl())
                .rest(tools.extra());
    }

    private static Map<String, MemberConfig> configs(Fields fields) {
        Map<String, MemberConfig> configs = new LinkedHashMap<>();
        Json json = fields.peek("configs");
        if (json != null && !json.isNull()) {
            Slices.members(json.text()).forEach((name, config) -> configs.put(name, config(config)));
        }
        if (!configs.isEmpty()) {
            fields.drop("configs");
        }
        return configs;
    }

    private static MemberConfig config(Json json) {
        Fields fields = Fields.toTheLetter(json);
        return new MemberConfig(fields.bool("enabled"), fields.bool("defer_loading"), fields.rest());
    }

    private static @Nullable Map<String, MemberConfig> written(Map<String, MemberConfig> configs) {
        return configs.isEmpty() ? null : configs;
    }

    private static void writeConfigs(JsonGenerator out, Map<String, MemberConfig> configs) {
        Members members = Members.object(out);
        configs.forEach((name, config) -> members.value(name, config, ClientTools::writeConfig));
        members.end();
    }

    private static void writeConfig(JsonGenerator out, MemberConfig config) {
        Members.object(out)
                .bool("enabled", config.enabled())
                .bool("defer_loading", config.deferLoading())
                .rest(config.extra())
                .end();
    }
}
