package io.claudeflux.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Names a deferred tool, which the model can call from here on: in a {@link ToolSearchToolResultBlock}, or in the
 * {@link ToolResultBlock} of a tool search that the application runs.
 *
 * @param toolName the name of the tool
 * @param cacheControl a cache breakpoint behind this block; only in requests
 * @param extra the fields this version does not know, as one JSON object
 */
public record ToolReferenceBlock(String toolName, @Nullable CacheControl cacheControl, Json extra)
        implements ContentBlock, Cacheable<ToolReferenceBlock> {
    /** The name on the wire. */
    public static final String TYPE = "tool_reference";

    /**
     * Takes any name.
     *
     * @throws NullPointerException if {@code toolName} or {@code extra} is null
     */
    public ToolReferenceBlock {
        Objects.requireNonNull(toolName, "toolName");
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * A reference without further fields.
     *
     * @param toolName the name of the tool
     */
    public ToolReferenceBlock(String toolName) {
        this(toolName, null, Json.emptyObject());
    }

    @Override
    public ToolReferenceBlock withCacheControl(@Nullable CacheControl cacheControl) {
        return new ToolReferenceBlock(toolName, cacheControl, extra);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String toString() {
        return "ToolReferenceBlock[" + toolName.length() + " chars]";
    }
}
