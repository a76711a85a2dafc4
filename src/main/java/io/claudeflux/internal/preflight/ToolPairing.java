package io.claudeflux.internal.preflight;

import io.claudeflux.error.Finding.Severity;
import io.claudeflux.message.TextBlock;
import io.claudeflux.message.ToolResultBlock;
import io.claudeflux.message.ToolUseBlock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every call of a tool is answered in the turn behind it, and every answer has its call in the turn ahead of it. The
 * server takes turns of one role in a row for one turn, and so does this; system turns stand between without a part in
 * it. What the server's own tools do is answered within the assistant's turn, and is none of this.
 */
final class ToolPairing {
    private static final Rule IN_ASSISTANT = new Rule(
            "tool_use is a call of the model, and stands in assistant turns",
            "move it to an assistant turn",
            Rule.TYPES);
    private static final Rule IN_USER = new Rule(
            "tool_result is an answer of the application, and stands in user turns",
            "move it to a user turn",
            Rule.TYPES);
    private static final Rule CALL =
            new Rule("tool_use has an id, a name and an object as its input", "send the block as it came", Rule.TYPES);
    private static final Rule RESULT =
            new Rule("tool_result has the tool_use_id of its call", "set it to the id of the tool_use", Rule.TYPES);
    private static final Rule UNIQUE =
            new Rule("no two tool_use blocks have the same id", "send each answer of the model once", Rule.OBSERVED);
    private static final Rule ONCE =
            new Rule("each tool_use has one tool_result", "send one result for each call", Rule.OBSERVED);
    private static final Rule ANSWERED = new Rule(
            "each tool_use is answered by a tool_result in the next turn",
            "add ToolResultBlock.of(id, text) to the user turn behind it, or ToolResultBlock.error(id, why)",
            Rule.TOOL_USE);
    private static final Rule MATCHED = new Rule(
            "each tool_result answers a tool_use of the turn before it",
            "send the assistant turn with the call ahead of it, as it came",
            Rule.TOOL_USE);
    private static final Rule FIRST = new Rule(
            "tool results come first in their turn, and text behind them",
            "move the text behind the results",
            Rule.TOOL_USE);

    private final Findings findings;
    private final Set<String> earlier = new HashSet<>();
    private Map<String, Block> open = Map.of();
    private boolean isCertain = true;

    private ToolPairing(Findings findings) {
        this.findings = findings;
    }

    static void check(Inspected inspected, Findings findings) {
        ToolPairing pairing = new ToolPairing(findings);
        boolean isFirst = true;
        for (List<Turn> group : groups(inspected.turns())) {
            if (group.get(0).isAssistant()) {
                pairing.unanswered();
                pairing.calls(group);
            } else {
                // The calls of a conversation that the server keeps are not sent again.
                pairing.results(group, isFirst && inspected.isContinued());
                pairing.open = Map.of();
                pairing.isCertain = true;
            }
            isFirst = false;
        }
        pairing.unanswered();
    }

    private static List<List<Turn>> groups(List<Turn> turns) {
        List<List<Turn>> groups = new ArrayList<>();
        for (Turn turn : turns) {
            if (turn.isSystem()) {
                continue;
            }
            List<Turn> last = groups.isEmpty() ? List.of() : groups.get(groups.size() - 1);
            if (last.isEmpty() || last.get(0).isAssistant() != turn.isAssistant()) {
                last = new ArrayList<>();
                groups.add(last);
            }
            last.add(turn);
        }
        return groups;
    }

    /** Blocks that cannot be read may be calls; an answer handed over to another model may have given some up. */
    private static boolean isDoubtful(Turn turn, Block block) {
        return block.isUnreadable() || block.isType("fallback") || block.isType("compaction") || !isKnown(turn);
    }

    private static boolean isKnown(Turn turn) {
        return turn.isAssistant() || turn.isUser();
    }

    private void calls(List<Turn> group) {
        Map<String, Block> calls = new LinkedHashMap<>();
        isCertain = true;
        for (Turn turn : group) {
            for (Block block : turn.blocks()) {
                isCertain &= !isDoubtful(turn, block);
                if (block.content() instanceof ToolUseBlock call) {
                    call(block, call, calls);
                } else if (block.content() instanceof ToolResultBlock) {
                    findings.refuse(block.path("type"), "is \"tool_result\" in an assistant turn", IN_USER);
                }
            }
        }
        earlier.addAll(calls.keySet());
        open = calls;
    }

    private void call(Block block, ToolUseBlock call, Map<String, Block> calls) {
        if (call.id().isBlank()) {
            findings.refuse(block.path("id"), "is empty", CALL);
            return;
        }
        if (call.name().isBlank()) {
            findings.refuse(block.path("name"), "is empty", CALL);
        }
        if (!call.input().isObject()) {
            findings.refuse(block.path("input"), "is no object", CALL);
        }
        Block first = calls.putIfAbsent(call.id(), block);
        String problem = "is " + Findings.shown(call.id());
        if (first != null) {
            findings.refuse(block.path("id"), problem + ", as that of " + first.path() + " is", UNIQUE);
        } else if (earlier.contains(call.id())) {
            findings.warn(block.path("id"), problem + ", as that of an earlier call is", UNIQUE);
        }
    }

    private void results(List<Turn> group, boolean mayAnswerWhatIsKept) {
        Map<String, Block> answered = new HashMap<>();
        boolean isBehindTurn = false;
        for (Turn turn : group) {
            boolean isBehindText = false;
            for (Block block : turn.blocks()) {
                isCertain &= !isDoubtful(turn, block);
                if (block.content() instanceof ToolResultBlock result) {
                    boolean isKnown = result(block, result, answered, mayAnswerWhatIsKept);
                    if (isKnown && (isBehindText || isBehindTurn)) {
                        Severity severity = isBehindText ? Severity.REFUSED : Severity.WARNING;
                        findings.add(severity, block.path(), "is a tool_result behind text", FIRST);
                    }
                } else if (block.content() instanceof ToolUseBlock && isKnown(turn)) {
                    findings.refuse(block.path("type"), "is \"tool_use\" in a user turn", IN_ASSISTANT);
                }
                isBehindText |= block.content() instanceof TextBlock;
            }
            isBehindTurn |= isBehindText;
        }
        open = without(open, answered.keySet());
        unanswered();
    }

    /** Whether it answers a call. */
    private boolean result(
            Block block, ToolResultBlock result, Map<String, Block> answered, boolean mayAnswerWhatIsKept) {
        String id = result.toolUseId();
        if (id.isBlank()) {
            findings.refuse(block.path("tool_use_id"), "is empty", RESULT);
            return false;
        }
        Block first = answered.putIfAbsent(id, block);
        String problem = "is " + Findings.shown(id);
        if (first != null) {
            findings.refuse(block.path("tool_use_id"), problem + ", as that of " + first.path() + " is", ONCE);
            return false;
        }
        if (!open.containsKey(id) && !mayAnswerWhatIsKept) {
            String missing = problem + ", and no tool_use of the turn before has that id";
            findings.add(severity(), block.path("tool_use_id"), missing, MATCHED);
        }
        return open.containsKey(id);
    }

    /** What is still open when the next turn is over, or the conversation. */
    private void unanswered() {
        open.forEach((id, block) -> findings.add(
                severity(),
                block.path("id"),
                "is " + Findings.shown(id) + ", and the next turn has no result for it",
                ANSWERED));
        open = Map.of();
    }

    private Severity severity() {
        return isCertain ? Severity.REFUSED : Severity.WARNING;
    }

    private static Map<String, Block> without(Map<String, Block> calls, Set<String> answered) {
        Map<String, Block> left = new LinkedHashMap<>(calls);
        left.keySet().removeAll(answered);
        return left;
    }
}
