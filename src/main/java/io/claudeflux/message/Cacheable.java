package io.claudeflux.message;

import org.jspecify.annotations.Nullable;

/**
 * A part of a request behind which the prompt can be cached: most {@link ContentBlock}s and {@link Tool}s.
 *
 * <pre>{@code
 * ContentBlock marked = block instanceof Cacheable<?> cacheable
 *         ? (ContentBlock) cacheable.withCacheControl(CacheControl.ephemeral())
 *         : block;
 * }</pre>
 *
 * @param <T> the type of the part itself
 */
public interface Cacheable<T> {
    /**
     * The cache breakpoint behind this part. Source: {@code cache_control}.
     *
     * @return the breakpoint, null if there is none
     */
    @Nullable CacheControl cacheControl();

    /**
     * The same part with a breakpoint behind it, or without one.
     *
     * @param cacheControl the breakpoint; null for none
     * @return a copy
     */
    T withCacheControl(@Nullable CacheControl cacheControl);
}
