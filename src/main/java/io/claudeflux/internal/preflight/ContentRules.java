package io.claudeflux.internal.preflight;

import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.DocumentBlock;
import io.claudeflux.message.ImageBlock;
import io.claudeflux.message.MediaSource;
import io.claudeflux.message.RedactedThinkingBlock;
import io.claudeflux.message.TextBlock;
import io.claudeflux.message.ThinkingBlock;
import io.claudeflux.message.UnknownBlock;
import java.util.List;
import java.util.Set;

/** What stands in a block. What {@code tool_use} and {@code tool_result} are made of is in {@link ToolPairing}. */
final class ContentRules {
    private static final Set<String> IMAGES = Set.of("image/jpeg", "image/png", "image/gif", "image/webp");

    private static final Rule EMPTY_TEXT = new Rule("a text block is not empty", "leave the block out", Rule.OBSERVED);
    private static final Rule BLANK_TEXT =
            new Rule("a turn of text is more than white space", "leave the turn out, or say something", Rule.OBSERVED);
    private static final Rule TYPE =
            new Rule("a block is an object with a type", "name the type of the block", Rule.REFERENCE);
    private static final Rule FORM =
            new Rule("a block has the fields of its type", "make the block by the type of this library", Rule.TYPES);
    private static final Rule SOURCE =
            new Rule("a source says where the content is", "give it its data, address or id", Rule.TYPES);
    private static final Rule IMAGE = new Rule(
            "an image is image/jpeg, image/png, image/gif or image/webp", "convert it to one of them", Rule.TYPES);
    private static final Rule THINKING_TURN = new Rule(
            "thinking is what the model thought, and stands in assistant turns", "leave it out here", Rule.TYPES);
    private static final Rule SIGNATURE = new Rule(
            "thinking goes back with the signature it came with",
            "send the block as it came, or leave it out",
            Rule.THINKING);

    private ContentRules() {}

    static void check(Inspected inspected, Findings findings) {
        system(inspected.request().system(), findings);
        for (Turn turn : inspected.turns()) {
            if (!turn.isString()) {
                turn.blocks().forEach(block -> block(turn, block, findings));
            }
            List<ContentBlock> content = turn.param().content();
            if (isWhiteSpace(content)) {
                findings.warn(turn.path() + ".content", "is white space", BLANK_TEXT);
            }
        }
    }

    /** A single plain block goes out as a string, and that may be empty. */
    private static void system(List<TextBlock> system, Findings findings) {
        if (system.size() > 1 || (system.size() == 1 && !system.get(0).isPlain())) {
            for (int i = 0; i < system.size(); i++) {
                if (system.get(i).text().isEmpty()) {
                    findings.refuse("system[" + i + "].text", "is empty", EMPTY_TEXT);
                }
            }
        }
        if (isWhiteSpace(system)) {
            findings.warn("system", "is white space", BLANK_TEXT);
        }
    }

    /** Nothing but white space, and some of it: what is empty is told otherwise. */
    private static boolean isWhiteSpace(List<? extends ContentBlock> content) {
        boolean isSome = false;
        for (ContentBlock block : content) {
            if (!(block instanceof TextBlock text) || !text.text().isBlank()) {
                return false;
            }
            isSome |= !text.text().isEmpty();
        }
        return isSome;
    }

    private static void block(Turn turn, Block block, Findings findings) {
        ContentBlock content = block.content();
        if (content instanceof TextBlock text && text.text().isEmpty()) {
            if (turn.isAssistant()) {
                // The server itself has answered with such blocks.
                findings.warn(block.path("text"), "is empty", EMPTY_TEXT);
            } else {
                findings.refuse(block.path("text"), "is empty", EMPTY_TEXT);
            }
        } else if (content instanceof ImageBlock image) {
            source(block, image.source(), findings);
            if (image.source() instanceof MediaSource.Inline inline && !IMAGES.contains(inline.mediaType())) {
                String problem = "is " + Findings.shown(inline.mediaType());
                findings.warn(block.path("source.media_type"), problem, IMAGE);
            }
        } else if (content instanceof DocumentBlock document) {
            source(block, document.source(), findings);
        } else if (content instanceof ThinkingBlock || content instanceof RedactedThinkingBlock) {
            thinking(turn, block, findings);
        } else if (content instanceof UnknownBlock unknown) {
            unknown(block, unknown, findings);
        }
    }

    private static void source(Block block, MediaSource source, Findings findings) {
        if (source instanceof MediaSource.Inline inline && inline.data().isEmpty()) {
            findings.refuse(block.path("source.data"), "is empty", SOURCE);
        } else if (source instanceof MediaSource.Url url && url.url().isBlank()) {
            findings.refuse(block.path("source.url"), "is empty", SOURCE);
        } else if (source instanceof MediaSource.UploadedFile file
                && file.fileId().isBlank()) {
            findings.refuse(block.path("source.file_id"), "is empty", SOURCE);
        }
    }

    private static void thinking(Turn turn, Block block, Findings findings) {
        if (turn.isUser()) {
            findings.refuse(
                    block.path("type"),
                    "is " + Findings.shown(block.content().type()) + " in a user turn",
                    THINKING_TURN);
        } else if (block.content() instanceof ThinkingBlock thinking
                && thinking.signature().isEmpty()) {
            findings.warn(block.path("signature"), "is empty", SIGNATURE);
        }
    }

    private static void unknown(Block block, UnknownBlock unknown, Findings findings) {
        if (!unknown.raw().isObject()) {
            findings.refuse(block.path(), "is no object", TYPE);
        } else if (unknown.type().isBlank()) {
            findings.refuse(block.path("type"), "is missing", TYPE);
        } else if (block.isUnreadable()) {
            String problem = "is no " + Findings.shown(unknown.type()) + " block as this version knows it";
            findings.warn(block.path(), problem, FORM);
        }
    }
}
