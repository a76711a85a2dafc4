package io.claudeflux.stream;

import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.Json;
import io.claudeflux.message.RedactedThinkingBlock;
import io.claudeflux.message.StreamedInput;
import io.claudeflux.message.TextBlock;
import io.claudeflux.message.ThinkingBlock;
import io.claudeflux.message.UnknownBlock;
import org.jspecify.annotations.Nullable;

/** How many characters an accumulator keeps when it keeps something. */
final class Sizes {
    /** What an empty block counts for, so that a bound on characters also bounds the number of blocks. */
    private static final int BLOCK = 64;

    private Sizes() {}

    /** Most blocks begin empty; these may arrive whole. Blocks of requests never come in a stream. */
    static int of(ContentBlock seed) {
        if (seed instanceof UnknownBlock unknown) {
            return BLOCK + unknown.raw().text().length();
        }
        if (seed instanceof TextBlock text) {
            return BLOCK
                    + text.text().length()
                    + text.citations().stream().mapToInt(Sizes::written).sum();
        }
        if (seed instanceof ThinkingBlock thinking) {
            return BLOCK + thinking.thinking().length() + thinking.signature().length();
        }
        if (seed instanceof RedactedThinkingBlock redacted) {
            return BLOCK + redacted.data().length();
        }
        if (seed instanceof StreamedInput call) {
            return call.input().isEmptyObject()
                    ? BLOCK
                    : BLOCK + call.input().text().length();
        }
        return BLOCK + written(seed);
    }

    /** What has no text of its own to count: results of the server's tools, of which an answer has few. */
    private static int written(Object part) {
        return Json.of(part).text().length();
    }

    static int of(Delta delta) {
        if (delta instanceof TextDelta text) {
            return text.text().length();
        }
        if (delta instanceof InputJsonDelta input) {
            return input.partialJson().length();
        }
        if (delta instanceof ThinkingDelta thinking) {
            return thinking.thinking().length();
        }
        if (delta instanceof SignatureDelta signature) {
            return signature.signature().length();
        }
        if (delta instanceof CitationsDelta citations) {
            return written(citations.citation());
        }
        return delta instanceof CompactionDelta compaction
                ? length(compaction.content()) + length(compaction.encryptedContent())
                : 0;
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
