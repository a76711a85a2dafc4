package io.claudeflux.internal.json;

import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.RedactedThinkingBlock;
import io.claudeflux.message.ThinkingBlock;
import java.util.List;

/** What the model thought, readable or not. */
final class ThinkingBlocks {
    static final List<Codec<? extends ContentBlock>> CODECS = List.of(
            new Codec<>(ThinkingBlock.TYPE, ThinkingBlock.class, ThinkingBlocks::thinking, ThinkingBlocks::thinking),
            new Codec<>(
                    RedactedThinkingBlock.TYPE,
                    RedactedThinkingBlock.class,
                    fields -> new RedactedThinkingBlock(fields.string("data", ""), fields.rest()),
                    (out, block) -> out.string("data", block.data()).rest(block.extra())));

    private ThinkingBlocks() {}

    private static ThinkingBlock thinking(Fields fields) {
        return new ThinkingBlock(fields.string("thinking", ""), fields.string("signature", ""), fields.rest());
    }

    private static void thinking(Members out, ThinkingBlock block) {
        out.string("thinking", block.thinking())
                .string("signature", block.signature())
                .rest(block.extra());
    }
}
