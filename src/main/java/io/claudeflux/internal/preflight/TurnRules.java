package io.claudeflux.internal.preflight;

import io.claudeflux.error.Finding.Severity;
import io.claudeflux.message.TextBlock;
import java.util.List;

/** Who speaks when: roles, empty turns, instructions within the conversation, an answer begun for the model. */
final class TurnRules {
    private static final Rule ROLE =
            new Rule("a turn has a role: user, assistant or system", "say whose turn it is", Rule.REFERENCE);
    private static final Rule EMPTY =
            new Rule("a user turn has content", "leave the turn out, or say something in it", Rule.OBSERVED);
    private static final Rule EMPTY_SYSTEM =
            new Rule("a system turn has content, unless it sets something else", "leave the turn out", Rule.TYPES);
    private static final Rule PLACE = new Rule(
            "a system turn stands behind a user turn, or behind a server tool's block, and ahead of an assistant turn or "
                    + "at the end; never first, never two in a row",
            "move it; instructions for the whole conversation go into system",
            "guide to mid-conversation system messages, limitations");
    private static final Rule PREFILL = new Rule(
            "models from Opus 4.6, Sonnet 4.6 and Mythos preview on do not go on with an answer begun for them",
            "end with a user turn: say there how the answer should begin, or ask for a form by output_config.format",
            Rule.REFERENCE + ", prefill; " + Rule.OBSERVED);
    private static final Rule TRAILING_SPACE = new Rule(
            "an answer begun for the model does not end in white space", "cut the white space off", Rule.OBSERVED);

    private TurnRules() {}

    static void check(Inspected inspected, Findings findings) {
        List<Turn> turns = inspected.turns();
        for (int i = 0; i < turns.size(); i++) {
            Turn turn = turns.get(i);
            if (turn.param().role().value().isBlank()) {
                findings.refuse(turn.path() + ".role", "is empty", ROLE);
            } else if (!turn.isUser() && !turn.isAssistant() && !turn.isSystem()) {
                String role = Findings.shown(turn.param().role().value());
                findings.warn(turn.path() + ".role", "is " + role, ROLE);
            }
            if (turn.isUser() && (turn.blocks().isEmpty() || isEmptyString(turn))) {
                findings.refuse(turn.path() + ".content", "is empty", EMPTY);
            }
            if (turn.isSystem()) {
                system(inspected, i, findings);
            }
        }
        if (!turns.isEmpty()) {
            prefill(inspected, turns.get(turns.size() - 1), findings);
        }
    }

    private static boolean isEmptyString(Turn turn) {
        return turn.isString()
                && turn.param().content().get(0) instanceof TextBlock text
                && text.text().isEmpty();
    }

    /** Turns with fields of their own are of betas that may have other rules. */
    private static void system(Inspected inspected, int index, Findings findings) {
        List<Turn> turns = inspected.turns();
        Turn turn = turns.get(index);
        if (!turn.param().extra().isEmptyObject() || inspected.isContinued()) {
            return;
        }
        if (turn.blocks().isEmpty() || isEmptyString(turn)) {
            findings.warn(turn.path() + ".content", "is empty", EMPTY_SYSTEM);
        }
        if (index == 0) {
            findings.warn(turn.path() + ".role", "is \"system\" in the first turn", PLACE);
            return;
        }
        Turn before = turns.get(index - 1);
        boolean isBehindTool = before.isAssistant()
                && !before.blocks().isEmpty()
                && before.blocks().get(before.blocks().size() - 1).isOfServerTool();
        if (!before.isUser() && !isBehindTool) {
            findings.warn(
                    turn.path() + ".role",
                    "is \"system\" behind "
                            + Findings.shown(before.param().role().value()),
                    PLACE);
        }
        if (index + 1 < turns.size() && turns.get(index + 1).isUser()) {
            findings.warn(turn.path() + ".role", "is \"system\" ahead of \"user\"", PLACE);
        }
    }

    /**
     * A turn that a server tool paused ends with the assistant too, and is to be sent back as it is, in one piece or in
     * several; so may others whose blocks are of the server. Nobody begins an answer with such blocks.
     */
    private static void prefill(Inspected inspected, Turn last, Findings findings) {
        List<Block> blocks = last.blocks();
        if (!last.isAssistant() || blocks.isEmpty() || hasBlockOfServer(inspected.turns())) {
            return;
        }
        Block end = blocks.get(blocks.size() - 1);
        if (!(end.content() instanceof TextBlock text) || text.text().isEmpty()) {
            return;
        }
        String model = inspected.request().model();
        String problem = "is an answer begun for the model, and " + Findings.shown(model) + " takes none";
        if (KnownModels.takesNoPrefill(model)) {
            // What generates no answer may not need a user turn at the end.
            boolean isAnswered = inspected.request().maxTokens() != 0 && inspected.extra("compaction") == null;
            findings.add(isAnswered ? Severity.REFUSED : Severity.WARNING, last.path(), problem, PREFILL);
        } else if (ModelNames.looksLikeOneWithoutPrefill(model)) {
            findings.warn(last.path(), problem + ", as it seems", PREFILL);
        } else if (Character.isWhitespace(text.text().charAt(text.text().length() - 1))) {
            findings.warn(end.path("text"), "ends in white space", TRAILING_SPACE);
        }
    }

    /** Whether the assistant's turns at the end, which the server takes for one, hold a block of the server. */
    private static boolean hasBlockOfServer(List<Turn> turns) {
        for (int i = turns.size() - 1; i >= 0 && turns.get(i).isAssistant(); i--) {
            if (turns.get(i).blocks().stream().anyMatch(Block::isOfServer)) {
                return true;
            }
        }
        return false;
    }
}
