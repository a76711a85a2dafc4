package io.claudeflux.stream;

import io.claudeflux.message.Citation;
import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.Json;
import io.claudeflux.message.JsonBinding;
import io.claudeflux.message.StreamedInput;
import io.claudeflux.message.TextBlock;
import io.claudeflux.message.ThinkingBlock;
import io.claudeflux.message.UnknownBlock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One content block, growing.
 *
 * <p>The seed may carry its whole content. What deltas add is collected aside and joined with the seed only when
 * someone looks, so that a long block costs one copy and not one for each delta. A delta that does not belong to the
 * kind of block is left out, and so is input behind the stop: what it would become would depend on who looked when.
 */
final class BlockFold {
    private ContentBlock seed;
    private final Pieces appended = new Pieces();
    private final List<Citation> citations = new ArrayList<>(0);
    private @Nullable String signature;
    private boolean open = true;
    private boolean cut;

    BlockFold(ContentBlock seed) {
        this.seed = seed;
    }

    boolean isOpen() {
        return open;
    }

    void text(String text) {
        if (seed instanceof TextBlock) {
            appended.add(text);
        }
    }

    void thinking(String thinking) {
        if (seed instanceof ThinkingBlock) {
            appended.add(thinking);
        }
    }

    void input(String partialJson) {
        if (open && (seed instanceof StreamedInput || seed instanceof UnknownBlock)) {
            appended.add(partialJson);
        }
    }

    void cite(Citation citation) {
        citations.add(citation);
    }

    void sign(String signature) {
        this.signature = signature;
    }

    /** The content is assigned, not appended; the encrypted form only when the server sent one. */
    void compact(CompactionDelta delta) {
        if (seed instanceof UnknownBlock block) {
            Map<String, Json> members = new LinkedHashMap<>(block.raw().members());
            members.put("content", Json.of(delta.content()));
            if (delta.encryptedContent() != null) {
                members.put("encrypted_content", Json.of(delta.encryptedContent()));
            }
            seed = new UnknownBlock(block.type(), Json.of(members));
        }
    }

    /** Something of the block was left out: an input that looks whole is none. */
    void cut() {
        cut |= open;
    }

    /** Nothing more comes. The block is only put together when somebody asks for it. */
    void stop() {
        open = false;
    }

    ContentBlock build() {
        if (open) {
            return built();
        }
        if (!appended.isEmpty() || !citations.isEmpty() || signature != null || cut) {
            // Once and for all: later snapshots share it.
            seed = built();
            appended.clear();
            citations.clear();
            signature = null;
            cut = false;
        }
        return seed;
    }

    private ContentBlock built() {
        String text = appended.text();
        if (seed instanceof TextBlock block) {
            return grown(block, text);
        }
        if (seed instanceof ThinkingBlock block) {
            String signed = signature == null ? block.signature() : signature;
            return new ThinkingBlock(block.thinking() + text, signed, block.extra());
        }
        if (text.isBlank() && !cut) {
            return seed;
        }
        if (seed instanceof StreamedInput call) {
            return called(call, text);
        }
        if (seed instanceof UnknownBlock block && !text.isBlank()) {
            Map<String, Json> members = new LinkedHashMap<>(block.raw().members());
            Json whole = whole(text);
            members.put("input", whole != null ? whole : readable(text));
            return new UnknownBlock(block.type(), Json.of(members));
        }
        return seed;
    }

    private TextBlock grown(TextBlock block, String text) {
        List<Citation> all = new ArrayList<>(block.citations());
        all.addAll(citations);
        return new TextBlock(block.text() + text, all, block.cacheControl(), block.extra());
    }

    /**
     * An input that is no object in the end is kept as text beside an empty object: the next request must hold an
     * object, and guessing arguments that the model did not finish would run a tool on them.
     */
    private ContentBlock called(StreamedInput call, String text) {
        Json whole = cut ? null : whole(text);
        return whole != null ? call.withInput(whole, null) : call.withInput(readable(text), text);
    }

    private static @Nullable Json whole(String text) {
        try {
            Json input = Json.parse(text);
            return input.isObject() ? input : null;
        } catch (IllegalArgumentException notJson) {
            return null;
        }
    }

    private Json readable(String text) {
        return open ? JsonBinding.installed().completeObject(text) : Json.emptyObject();
    }
}
