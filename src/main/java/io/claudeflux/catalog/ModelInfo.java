package io.claudeflux.catalog;

import io.claudeflux.message.Json;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A model as {@code GET /v1/models} lists it.
 *
 * <p>What the server did not say is null. A time that is none in the form of RFC 3339 stays in {@code extra} under its
 * name.
 *
 * @param id the name to ask it by
 * @param displayName its name for people; the id where the server sends none
 * @param createdAt when it was released; the server's epoch, 1970, where that is not known
 * @param lifecycle where it stands between its release and its end
 * @param deprecatedAt when it was, or will be, deprecated
 * @param retiresAt when it retires: from then on it is not served
 * @param line the family it belongs to
 * @param maxInputTokens the most tokens it reads
 * @param maxTokens the most tokens that may be asked for as {@code max_tokens}
 * @param capabilities what it can do
 * @param extra the fields this version does not know, as one JSON object
 */
public record ModelInfo(
        String id,
        String displayName,
        @Nullable Instant createdAt,
        @Nullable ModelLifecycle lifecycle,
        @Nullable Instant deprecatedAt,
        @Nullable Instant retiresAt,
        @Nullable ModelLine line,
        @Nullable Long maxInputTokens,
        @Nullable Long maxTokens,
        @Nullable Capabilities capabilities,
        Json extra) {
    /**
     * Takes what the server lists.
     *
     * @throws NullPointerException if {@code id}, {@code displayName} or {@code extra} is null
     */
    public ModelInfo {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(displayName, "displayName");
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * Whether it is served no more.
     *
     * @return false also where the server did not say
     */
    public boolean isRetired() {
        return ModelLifecycle.RETIRED.equals(lifecycle);
    }

    /**
     * Whether its end is announced.
     *
     * @return false also where the server did not say
     */
    public boolean isDeprecated() {
        return ModelLifecycle.DEPRECATED.equals(lifecycle);
    }
}
