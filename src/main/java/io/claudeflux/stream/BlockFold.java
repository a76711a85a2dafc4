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
 * kind of block is left out.
 */
final class BlockFold {
    private ContentBlock seed;
    private final StringBuilder appended = new StringBuilder(0);
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
            appended.append(text);
        }
    }

    void thinking(String thinking) {
        if (seed instanceof ThinkingBlock) {
            appended.append(thinking);
        }
    }

    void input(String partialJson) {
        if (seed instanceof StreamedInput || seed instanceof UnknownBlock) {
            appended.append(partialJson);
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
        cut = true;
    }

    /** Freezes the block, so that later snapshots share it. */
    void stop() {
        open = false;
        seed = build();
        cut = false;
        appended.setLength(0);
        appended.trimToSize();
        citations.clear();
    }

    ContentBlock build() {
        if (seed instanceof TextBlock text) {
            return grown(text);
        }
        if (seed instanceof ThinkingBlock block) {
            String signed = signature == null ? block.signature() : signature;
            return new ThinkingBlock(block.thinking() + appended, signed, block.extra());
        }
        if (isBlank(appended) && !cut) {
            return seed;
        }
        if (seed instanceof StreamedInput call) {
            return called(call, appended.toString());
        }
        if (seed instanceof UnknownBlock block && !isBlank(appended)) {
            Map<String, Json> members = new LinkedHashMap<>(block.raw().members());
            Json whole = whole(appended.toString());
            members.put("input", whole != null ? whole : readable(appended.toString()));
            return new UnknownBlock(block.type(), Json.of(members));
        }
        return seed;
    }

    private TextBlock grown(TextBlock block) {
        List<Citation> all = new ArrayList<>(block.citations());
        all.addAll(citations);
        return new TextBlock(block.text() + appended, all, block.cacheControl(), block.extra());
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

    private static boolean isBlank(CharSequence text) {
        return text.chars().allMatch(Character::isWhitespace);
    }
}
