package io.claudeflux.internal.preflight;

import io.claudeflux.error.Finding.Severity;
import io.claudeflux.message.CustomTool;
import io.claudeflux.message.Json;
import io.claudeflux.message.Tool;
import io.claudeflux.message.ToolChoice;
import io.claudeflux.message.UnknownTool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the model may call, and which of it it must. */
final class ToolRules {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,128}");
    private static final int NAMES_SHOWN = 5;
    /** How nearly every schema begins or ends: it need not be looked into. */
    private static final Pattern OBJECT_FIRST = Pattern.compile("\\s*\\{\\s*\"type\"\\s*:\\s*\"object\"");

    private static final String OBJECT_LAST = ",\"type\":\"object\"}";

    private static final Rule NAME_REQUIRED = new Rule("a tool has a name", "name it", Rule.REFERENCE);
    private static final Rule NAME_FORM =
            new Rule("a tool's name is 1 to 128 letters, digits, _ and -", "rename it", Rule.OBSERVED);
    private static final Rule UNIQUE =
            new Rule("no two tools have the same name", "rename one of them, or leave it out", Rule.OBSERVED);
    private static final Rule SCHEMA = new Rule(
            "a tool of the application has an input_schema, a JSON schema whose type is \"object\"",
            "describe its input; {\"type\": \"object\"} if it has none",
            Rule.TYPES);
    private static final Rule CHOICE =
            new Rule("tool_choice names one of the tools", "name one of them, or add the tool", Rule.REFERENCE);
    private static final Rule CHOICE_WITHOUT_TOOLS =
            new Rule("tool_choice comes with tools", "add tools, or leave tool_choice out", Rule.OBSERVED);
    private static final Rule CHOICE_TYPE =
            new Rule("tool_choice.type is auto, any, tool or none", "use one of ToolChoice's factories", Rule.TYPES);

    private ToolRules() {}

    /** Whether the model must call a tool. */
    static boolean isForced(ToolChoice choice) {
        return choice.type().equals("any") || choice.type().equals("tool");
    }

    static void check(Inspected inspected, Findings findings) {
        List<Tool> tools = inspected.request().tools();
        Map<String, Integer> names = new HashMap<>();
        boolean isNamed = true;
        for (int i = 0; i < tools.size(); i++) {
            String path = "tools[" + i + "]";
            String name = name(path, tools.get(i), findings);
            if (name == null) {
                isNamed = false;
                continue;
            }
            Integer first = names.putIfAbsent(name, i);
            if (first != null) {
                findings.refuse(
                        path + ".name", "is " + Findings.shown(name) + ", as that of tools[" + first + "] is", UNIQUE);
            }
        }
        ToolChoice choice = inspected.request().toolChoice();
        if (choice != null) {
            choice(choice, inspected, isNamed ? names : null, findings);
        }
    }

    /** Null if it has none, as sets of tools have none. */
    private static @Nullable String name(String path, Tool tool, Findings findings) {
        if (tool instanceof CustomTool custom) {
            return custom(path, custom, findings);
        }
        return tool instanceof UnknownTool unknown ? unknown(path, unknown, findings) : tool.name();
    }

    private static String custom(String path, CustomTool tool, Findings findings) {
        name(path, tool.name(), findings);
        // A type among the other fields makes it something else than its class says.
        if (!tool.extra().members().containsKey("type")) {
            schema(path, tool.inputSchema(), findings);
        }
        return tool.name();
    }

    private static @Nullable String unknown(String path, UnknownTool tool, Findings findings) {
        Map<String, Json> members = tool.raw().members();
        String name = Inspected.word(members, "name");
        if (isCustom(tool.type())) {
            name(path, name == null ? "" : name, findings);
            schema(path, Inspected.value(members, "input_schema"), findings);
        }
        return name;
    }

    /** The type of a tool of the application may be left out. */
    private static boolean isCustom(String type) {
        return type.isEmpty() || type.equals(CustomTool.TYPE);
    }

    private static void name(String path, String name, Findings findings) {
        if (name.isBlank()) {
            findings.refuse(path + ".name", name.isEmpty() ? "is empty" : "is blank", NAME_REQUIRED);
        } else if (!NAME.matcher(name).matches()) {
            findings.warn(path + ".name", "is " + Findings.shown(name), NAME_FORM);
        }
    }

    private static void schema(String path, @Nullable Json schema, Findings findings) {
        String place = path + ".input_schema";
        if (schema == null || !schema.isObject()) {
            findings.refuse(place, schema == null ? "is missing" : "is no object", SCHEMA);
            return;
        }
        if (OBJECT_FIRST.matcher(schema.text()).lookingAt() || schema.text().endsWith(OBJECT_LAST)) {
            return;
        }
        Map<String, Json> members = schema.members();
        if (Inspected.value(members, "type") == null) {
            findings.refuse(place + ".type", "is missing", SCHEMA);
        } else if (!"object".equals(Inspected.word(members, "type"))) {
            findings.warn(place + ".type", "is not \"object\"", SCHEMA);
        }
    }

    /** @param names of all tools; null if some have none, such as sets of tools */
    private static void choice(
            ToolChoice choice, Inspected inspected, @Nullable Map<String, Integer> names, Findings findings) {
        if (!isForced(choice) && !choice.type().equals("auto") && !choice.type().equals("none")) {
            findings.warn("tool_choice.type", "is " + Findings.shown(choice.type()), CHOICE_TYPE);
            return;
        }
        if (bringsToolsOtherwise(inspected)) {
            return;
        }
        if (inspected.request().tools().isEmpty()) {
            String problem = "is " + Findings.shown(choice.type()) + ", and there are no tools";
            if (isForced(choice)) {
                findings.refuse("tool_choice", problem, CHOICE_WITHOUT_TOOLS);
            } else {
                findings.warn("tool_choice", problem, CHOICE_WITHOUT_TOOLS);
            }
        } else if (choice.type().equals("tool")) {
            named(choice, inspected, names, findings);
        }
    }

    private static void named(
            ToolChoice choice, Inspected inspected, @Nullable Map<String, Integer> names, Findings findings) {
        String name = choice instanceof ToolChoice.Named named
                ? named.name()
                : choice instanceof ToolChoice.UnknownToolChoice raw
                        ? Inspected.word(raw.raw().members(), "name")
                        : null;
        if (name == null || name.isBlank()) {
            findings.refuse("tool_choice.name", "is missing", CHOICE);
        } else if (names != null && !names.containsKey(name)) {
            // Those of the server may bring others: code_execution has bash_code_execution, say.
            boolean isCertain = inspected.request().tools().stream().allMatch(tool -> isCustom(tool.type()));
            findings.add(
                    isCertain ? Severity.REFUSED : Severity.WARNING,
                    "tool_choice.name",
                    "is " + Findings.shown(name) + ", and the tools are " + list(names),
                    CHOICE);
        }
    }

    private static String list(Map<String, Integer> names) {
        List<String> shown = new ArrayList<>();
        names.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .limit(NAMES_SHOWN)
                .forEach(name -> shown.add(Findings.shown(name.getKey())));
        return String.join(", ", shown)
                + (names.size() > NAMES_SHOWN ? " and " + (names.size() - NAMES_SHOWN) + " more" : "");
    }

    /**
     * Tools may also come from an MCP server, from a conversation that the server keeps, or within the conversation,
     * where a summary takes the place of the turns that brought them.
     */
    private static boolean bringsToolsOtherwise(Inspected inspected) {
        return inspected.extra("thread") != null
                || inspected.extra("mcp_servers") != null
                || inspected.turns().stream()
                        .flatMap(turn -> turn.blocks().stream())
                        .anyMatch(block -> block.isType("tool_addition") || block.isType("compaction"));
    }
}
