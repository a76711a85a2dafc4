package io.claudeflux.stream;

import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.Json;
import java.util.Objects;

/**
 * A block begins. It may already carry its whole content, such as a server tool's result.
 *
 * @param index the block's place in the message, from 0
 * @param contentBlock the block as it begins
 * @param extra the fields this version does not know, as one JSON object
 */
public record ContentBlockStart(int index, ContentBlock contentBlock, Json extra) implements StreamEvent {
    /** The name on the wire. */
    public static final String TYPE = "content_block_start";

    /**
     * Takes the values as they are.
     *
     * @throws NullPointerException if an argument that is not nullable is null
     */
    public ContentBlockStart {
        Objects.requireNonNull(contentBlock, "contentBlock");
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * An event without unknown fields.
     *
     * @param index the block's place in the message, from 0
     * @param contentBlock the block as it begins
     */
    public ContentBlockStart(int index, ContentBlock contentBlock) {
        this(index, contentBlock, Json.emptyObject());
    }

    @Override
    public String type() {
        return TYPE;
    }
}
