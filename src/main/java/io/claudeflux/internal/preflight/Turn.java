package io.claudeflux.internal.preflight;

import io.claudeflux.message.MessageParam;
import io.claudeflux.message.Role;
import io.claudeflux.message.TextBlock;
import java.util.ArrayList;
import java.util.List;

/**
 * A turn of the conversation and its place.
 *
 * @param index its place
 * @param param the turn
 * @param blocks its blocks
 */
record Turn(int index, MessageParam param, List<Block> blocks) {
    static Turn of(int index, MessageParam param) {
        List<Block> blocks = new ArrayList<>(param.content().size());
        for (int i = 0; i < param.content().size(); i++) {
            blocks.add(Block.of(index, i, param.content().get(i)));
        }
        return new Turn(index, param, blocks);
    }

    boolean isUser() {
        return param.role().equals(Role.USER);
    }

    boolean isAssistant() {
        return param.role().equals(Role.ASSISTANT);
    }

    boolean isSystem() {
        return param.role().equals(Role.SYSTEM);
    }

    /** Whether it goes out as a bare string. */
    boolean isString() {
        return param.content().size() == 1 && param.content().get(0) instanceof TextBlock text && text.isPlain();
    }

    String path() {
        return "messages[" + index + "]";
    }
}
