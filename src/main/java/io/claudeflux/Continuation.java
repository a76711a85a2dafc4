package io.claudeflux;

import io.claudeflux.error.ConfigurationException;
import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.Json;
import io.claudeflux.message.MessageParam;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.PartialMessage;
import io.claudeflux.message.RedactedThinkingBlock;
import io.claudeflux.message.ServerToolResult;
import io.claudeflux.message.ServerToolUseBlock;
import io.claudeflux.message.StopReason;
import io.claudeflux.message.TextBlock;
import io.claudeflux.message.ThinkingBlock;
import io.claudeflux.message.ToolUseBlock;
import io.claudeflux.message.UnknownBlock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The request that asks for the rest of an answer: the conversation, what was said of the answer, and a user turn that
 * asks to go on. Never an answer begun for the model, which models from 4.6 on refuse.
 *
 * <p>What cannot be continued is refused here, before anything is sent or paid for. The sentences of the refusals hold
 * nothing of the conversation.
 */
final class Continuation {
    private static final String AGAIN = "send the whole request again";

    private final PartialMessage partial;
    private final List<ContentBlock> content;

    private Continuation(PartialMessage partial) {
        this.partial = partial;
        this.content = partial.message().content();
    }

    /**
     * The request for the rest.
     *
     * @param partial what arrived of the answer
     * @param request the request that it answers
     * @return the request for the rest; {@code request} itself when nothing arrived that could be continued
     * @throws ConfigurationException if the answer cannot be continued
     */
    static MessageRequest of(PartialMessage partial, MessageRequest request) {
        Continuation continuation = new Continuation(partial);
        continuation.checkMessage();
        for (int i = 0; i < continuation.content.size(); i++) {
            continuation.checkBlock(i);
        }
        List<ContentBlock> said = continuation.said();
        if (said.isEmpty()) {
            return request;
        }
        checkFormat(request);
        boolean endsInText = said.get(said.size() - 1) instanceof TextBlock;
        return request.toBuilder()
                .message(new MessageParam(partial.message().role(), said))
                .user(ContinuationTurn.behind(partial.text(), endsInText))
                .build();
    }

    private void checkMessage() {
        if (partial.isTruncated()) {
            throw refused("more of the answer was delivered than is kept here, so its end is not known; "
                    + "raise Limits.maxPartialChars for answers of this length, and " + AGAIN);
        }
        StopReason reason = partial.message().stopReason();
        if (reason != null) {
            throw refused(ended(reason));
        }
    }

    /** A break behind the stop reason loses nothing, so there is nothing that this call could ask for. */
    private static String ended(StopReason reason) {
        String what = "the answer is whole, only the end of its stream was lost: ";
        if (reason.equals(StopReason.PAUSE_TURN)) {
            return what + "send partial.message().toParam() as the last turn to let the paused turn go on";
        }
        if (reason.equals(StopReason.TOOL_USE)) {
            return what + "run its tools, and send partial.message().toParam() and their results";
        }
        if (reason.equals(StopReason.MAX_TOKENS) || reason.equals(StopReason.MODEL_CONTEXT_WINDOW_EXCEEDED)) {
            return what + "it ended at a limit of its length, as it would have without the break; "
                    + "take partial.message(), or ask for more in a user turn of your own";
        }
        return what + "take partial.message()";
    }

    private void checkBlock(int index) {
        ContentBlock block = content.get(index);
        boolean isOpen = partial.openBlocks().contains(index);
        String refusal = null;
        if (block instanceof ToolUseBlock) {
            refusal = isOpen
                    ? "is half a tool call, which cannot be continued; " + AGAIN
                    : "is a tool call that waits for its result; run the tool, and send the blocks up to here as an "
                            + "assistant turn and the result as a user turn";
        } else if (block instanceof ThinkingBlock thinking) {
            refusal = isOpen || thinking.signature().isEmpty() ? unfinishedThinking() : null;
        } else if (block instanceof RedactedThinkingBlock) {
            refusal = isOpen ? unfinishedThinking() : null;
        } else if (block instanceof ServerToolUseBlock || block instanceof UnknownBlock) {
            refusal = isOpen ? "was not finished and is not text; " + AGAIN : unanswered(block, index);
        } else if (!(block instanceof TextBlock)) {
            refusal = isOpen ? "was not finished and is not text; " + AGAIN : null;
        }
        if (refusal != null) {
            throw refused("content block " + index + " " + refusal);
        }
    }

    private static String unfinishedThinking() {
        return "is thinking without the server's signature, which is not accepted back; " + AGAIN;
    }

    /** The calls of server tools and MCP tools have types of their own, and new ones will come. */
    private @Nullable String unanswered(ContentBlock block, int index) {
        if (!block.type().endsWith("tool_use")) {
            return null;
        }
        @Nullable String id = block instanceof ServerToolUseBlock call ? call.id() : word(block, "id");
        boolean isAnswered = id != null
                && content.subList(index + 1, content.size()).stream().anyMatch(later -> id.equals(answered(later)));
        return isAnswered ? null : "is a call of a server's tool whose result did not arrive; " + AGAIN;
    }

    private static @Nullable String answered(ContentBlock block) {
        return block instanceof ServerToolResult<?> result ? result.toolUseId() : word(block, "tool_use_id");
    }

    private static @Nullable String word(ContentBlock block, String name) {
        return block instanceof UnknownBlock unknown
                ? unknown.raw().get(name).flatMap(Json::asString).orElse(null)
                : null;
    }

    /** The rest of a document is no document of the schema, and the server would make the model begin a new one. */
    private static void checkFormat(MessageRequest request) {
        if (request.outputConfig() != null && request.outputConfig().format() != null) {
            throw refused(
                    "the request asks for an output format, which the second half of an answer cannot have; " + AGAIN);
        }
    }

    /**
     * What may stand in an assistant turn. The API refuses text of white space, and a turn that ends in thinking;
     * thinking that led to nothing yet is not missed.
     */
    private List<ContentBlock> said() {
        List<ContentBlock> said = new ArrayList<>(content);
        said.removeIf(block -> block instanceof TextBlock text && ContinuationTurn.isBlank(text.text()));
        while (!said.isEmpty() && isThinking(said.get(said.size() - 1))) {
            said.remove(said.size() - 1);
        }
        return said;
    }

    private static boolean isThinking(ContentBlock block) {
        return block instanceof ThinkingBlock || block instanceof RedactedThinkingBlock;
    }

    private static ConfigurationException refused(String sentence) {
        return new ConfigurationException("partial", "this answer cannot be continued: " + sentence, null);
    }
}
