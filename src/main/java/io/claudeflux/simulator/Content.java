package io.claudeflux.simulator;

import io.claudeflux.message.ToolUseBlock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/** What a {@link Reply} says, apart from how it travels. */
sealed interface Content {

    /** A message of the model, streamed or whole as the request asks; null where the simulator fills in. */
    record Answer(
            List<Block> blocks,
            @Nullable String stopReason,
            @Nullable String stopSequence,
            TokenCounts usage) implements Content {

        static Answer of(List<Block> blocks) {
            return new Answer(blocks, null, null, TokenCounts.ESTIMATED);
        }

        Answer withStop(String reason, @Nullable String sequence) {
            return new Answer(blocks, reason, sequence, usage);
        }

        Answer withUsage(TokenCounts newUsage) {
            return new Answer(blocks, stopReason, stopSequence, newUsage);
        }

        String effectiveStopReason() {
            if (stopReason != null) {
                return stopReason;
            }
            return blocks.stream().anyMatch(Answer::isCall) ? "tool_use" : "end_turn";
        }

        private static boolean isCall(Block block) {
            return block instanceof Block.ToolUse
                    || (block instanceof Block.Typed typed && typed.block() instanceof ToolUseBlock);
        }
    }

    /** An error by status. */
    record Failure(ErrorEnvelope error) implements Content {}

    /** Server-sent events as they stand. */
    record Raw(String sse) implements Content {}

    /** Server-sent events as they are made, one each. */
    record Live(Publisher<String> events) implements Content {}

    /** Any other response. */
    record Body(int status, String contentType, String text) implements Content {}

    /** No response at all: the connection is closed, or stays silent for ever. */
    record Nothing(Step.Ending ending) implements Content {}

    /** Tokens to report; null where they are to be estimated. */
    record TokenCounts(@Nullable Integer input, @Nullable Integer output, int cacheCreated, int cacheRead) {

        static final TokenCounts ESTIMATED = new TokenCounts(null, null, 0, 0);
    }
}
