package io.claudeflux.internal.json;

import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.Json;
import io.claudeflux.message.TextBlock;
import io.claudeflux.message.UnknownBlock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Content blocks, in both directions. Each family of them has its codecs in a class of its own. */
final class ContentBlocks {
    private static final Union<ContentBlock> UNION = new Union<>(
            UnknownBlock::new,
            block -> block instanceof UnknownBlock unknown ? unknown.raw() : null,
            () -> PromptBlocks.CODECS,
            () -> ThinkingBlocks.CODECS,
            () -> ToolBlocks.CODECS,
            () -> SearchBlocks.CODECS,
            () -> ExecutionBlocks.CODECS);

    private ContentBlocks() {}

    static ContentBlock read(Json json) {
        return UNION.read(json);
    }

    /** A list of blocks, or the string that stands for one text block. */
    static List<ContentBlock> readContent(@Nullable Json content) {
        if (content == null) {
            return List.of();
        }
        return content.asString()
                .<List<ContentBlock>>map(text -> List.of(new TextBlock(text)))
                .orElseGet(() -> Slices.elements(content.text()).stream()
                        .map(ContentBlocks::read)
                        .toList());
    }

    static void write(JsonGenerator out, ContentBlock block) {
        UNION.write(out, block);
    }

    /** A single plain text is written as a string, which is how people write it. */
    static void writeContent(JsonGenerator out, List<? extends ContentBlock> content) {
        if (content.size() == 1 && content.get(0) instanceof TextBlock text && text.isPlain()) {
            out.writeString(text.text());
        } else {
            Members.array(out, content, ContentBlocks::write);
        }
    }
}
