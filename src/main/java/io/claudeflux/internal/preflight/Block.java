package io.claudeflux.internal.preflight;

import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.DocumentBlock;
import io.claudeflux.message.ImageBlock;
import io.claudeflux.message.RedactedThinkingBlock;
import io.claudeflux.message.TextBlock;
import io.claudeflux.message.ThinkingBlock;
import io.claudeflux.message.ToolResultBlock;
import io.claudeflux.message.ToolUseBlock;
import io.claudeflux.message.UnknownBlock;
import java.util.Set;

/**
 * A block of a turn and its place.
 *
 * @param turn the index of its turn
 * @param index its own within the turn
 * @param content the block; one that was handed over raw is read where this version has a type for it
 */
record Block(int turn, int index, ContentBlock content) {
    private static final Set<String> TYPED = Set.of(
            TextBlock.TYPE,
            ImageBlock.TYPE,
            DocumentBlock.TYPE,
            ThinkingBlock.TYPE,
            RedactedThinkingBlock.TYPE,
            ToolUseBlock.TYPE,
            ToolResultBlock.TYPE);

    /** Raw images and documents beyond this are not worth reading. */
    private static final int LARGE = 1 << 20;

    static Block of(int turn, int index, ContentBlock content) {
        return new Block(turn, index, content instanceof UnknownBlock unknown ? read(unknown) : content);
    }

    private static ContentBlock read(UnknownBlock unknown) {
        boolean isMedia =
                unknown.type().equals(ImageBlock.TYPE) || unknown.type().equals(DocumentBlock.TYPE);
        if (!TYPED.contains(unknown.type()) || (isMedia && unknown.raw().text().length() > LARGE)) {
            return unknown;
        }
        try {
            return unknown.raw().as(ContentBlock.class);
        } catch (IllegalArgumentException unreadable) {
            return unknown;
        }
    }

    /** Whether it calls itself something that this version knows, and is not. */
    boolean isUnreadable() {
        return content instanceof UnknownBlock unknown
                && TYPED.contains(unknown.type())
                && unknown.raw().text().length() <= LARGE;
    }

    /**
     * Whether it is a tool that the server runs, or what came of it: such a turn can pause and be sent back as it is.
     */
    boolean isOfServerTool() {
        return isOfServer()
                && (content.type().endsWith("tool_use") || content.type().endsWith("tool_result"));
    }

    /** Whether it is none of those that an application writes itself: what the server's tools left, betas, news. */
    boolean isOfServer() {
        return content instanceof UnknownBlock || !TYPED.contains(content.type());
    }

    boolean isType(String type) {
        return content.type().equals(type);
    }

    String path() {
        return "messages[" + turn + "].content[" + index + "]";
    }

    String path(String field) {
        return path() + "." + field;
    }
}
