package io.claudeflux.tool;

import io.claudeflux.error.ConfigurationException;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.Tool;
import io.claudeflux.message.ToolUseBlock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tools of a runner by their names, in the order in which they were given. */
final class Toolbox {
    private final Map<String, ClientTool> tools;

    private Toolbox(Map<String, ClientTool> tools) {
        this.tools = tools;
    }

    static Toolbox of(Collection<ClientTool> tools) {
        Map<String, ClientTool> byName = new LinkedHashMap<>();
        for (ClientTool tool : tools) {
            if (byName.putIfAbsent(tool.name(), tool) != null) {
                throw new ConfigurationException(
                        "tools", "there are two tools named \"" + tool.name() + "\": rename one of them", null);
            }
        }
        return new Toolbox(byName);
    }

    Optional<ClientTool> get(String name) {
        return Optional.ofNullable(tools.get(name));
    }

    Set<String> names() {
        return tools.keySet();
    }

    List<ClientTool> all() {
        return List.copyOf(tools.values());
    }

    /** The request with the definitions of all tools; one that it holds already stays where it is. */
    MessageRequest equip(MessageRequest request) {
        Map<String, Tool> missing = new LinkedHashMap<>();
        tools.forEach((name, tool) -> missing.put(name, tool.definition()));
        for (Tool there : request.tools()) {
            String name = name(there);
            Tool ours = missing.remove(name);
            if (ours != null && !ours.equals(there)) {
                throw new ConfigurationException(
                        "tools",
                        "the request defines a tool \"" + name + "\" too, and otherwise: rename one of them, or leave"
                                + " it out of the request",
                        null);
            }
        }
        if (missing.isEmpty()) {
            return request;
        }
        List<Tool> all = new ArrayList<>(request.tools());
        all.addAll(missing.values());
        return request.toBuilder().tools(all).build();
    }

    /**
     * Whether the application runs the call itself: it is of a tool that the request defines and no function belongs
     * to, or of a set of tools of the API's own, whose members no definition names.
     */
    static boolean isHandedBack(ToolUseBlock call, Toolbox toolbox, MessageRequest request) {
        if (call.toolsetName() != null) {
            return true;
        }
        // A set of tools has no name either.
        return !call.name().isEmpty()
                && !toolbox.tools.containsKey(call.name())
                && request.tools().stream().anyMatch(tool -> name(tool).equals(call.name()));
    }

    /** Empty for a set of tools. */
    static String name(Tool tool) {
        String name = tool.name();
        return name == null ? "" : name;
    }
}
