package io.claudeflux.message;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Fetches pages for the model.
 *
 * <pre>{@code
 * WebFetchTool.builder().maxUses(3).citations(true).build()
 * }</pre>
 *
 * @param type its name on the wire with its date, such as {@code web_fetch_20260318}
 * @param maxUses how often it may be called in one request; null for no bound
 * @param allowedDomains the only domains that count; empty for all
 * @param blockedDomains domains that do not count; excludes {@code allowedDomains}
 * @param citations whether the model may cite the pages; null leaves the default
 * @param maxContentTokens the most tokens of a page that the model gets to read; null for no bound
 * @param urlSources where the addresses may come from; null leaves the default
 * @param useCache whether a page may come from a cache; null leaves the default
 * @param responseInclusion whether the answer repeats what code got from it; null leaves the default
 * @param options how it may be called
 * @param cacheControl a cache breakpoint behind this tool
 * @param extra the fields this version does not know, as one JSON object
 */
public record WebFetchTool(
        String type,
        @Nullable Long maxUses,
        List<String> allowedDomains,
        List<String> blockedDomains,
        @Nullable Boolean citations,
        @Nullable Long maxContentTokens,
        @Nullable UrlSources urlSources,
        @Nullable Boolean useCache,
        @Nullable ResponseInclusion responseInclusion,
        ToolOptions options,
        @Nullable CacheControl cacheControl,
        Json extra)
        implements Tool, ConfigurableTool<WebFetchTool> {
    /** The name of its calls. */
    public static final String NAME = "web_fetch";

    /**
     * Copies the lists.
     *
     * @throws NullPointerException if an argument that is not nullable is null
     */
    public WebFetchTool {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(extra, "extra");
        allowedDomains = List.copyOf(allowedDomains);
        blockedDomains = List.copyOf(blockedDomains);
    }

    /**
     * The tool as this version knows it, without settings.
     *
     * @return {@code web_fetch_20260318}
     */
    public static WebFetchTool latest() {
        return builder().build();
    }

    /**
     * A builder for the tool as this version knows it.
     *
     * @return a new builder of a {@code web_fetch_20260318}
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public WebFetchTool withOptions(ToolOptions options) {
        return new WebFetchTool(
                type,
                maxUses,
                allowedDomains,
                blockedDomains,
                citations,
                maxContentTokens,
                urlSources,
                useCache,
                responseInclusion,
                options,
                cacheControl,
                extra);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public WebFetchTool withCacheControl(@Nullable CacheControl cacheControl) {
        return new WebFetchTool(
                type,
                maxUses,
                allowedDomains,
                blockedDomains,
                citations,
                maxContentTokens,
                urlSources,
                useCache,
                responseInclusion,
                options,
                cacheControl,
                extra);
    }

    @Override
    public String toString() {
        return "WebFetchTool[" + type + "]";
    }

    /** Collects the settings. Mutable, for use by one thread. */
    public static final class Builder {
        private String type = "web_fetch_20260318";
        private @Nullable Long maxUses;
        private List<String> allowedDomains = List.of();
        private List<String> blockedDomains = List.of();
        private @Nullable Boolean citations;
        private @Nullable Long maxContentTokens;
        private @Nullable UrlSources urlSources;
        private @Nullable Boolean useCache;
        private @Nullable ResponseInclusion responseInclusion;

        private Builder() {}

        /**
         * Sets another date than the latest that this version knows.
         *
         * @param type the name on the wire with its date
         * @return this builder
         */
        public Builder type(String type) {
            this.type = type;
            return this;
        }

        /**
         * Sets how often it may be called in one request.
         *
         * @param maxUses how often it may be called in one request
         * @return this builder
         */
        public Builder maxUses(long maxUses) {
            this.maxUses = maxUses;
            return this;
        }

        /**
         * Sets the only domains that count.
         *
         * @param allowedDomains the only domains that count
         * @return this builder
         */
        public Builder allowedDomains(String... allowedDomains) {
            this.allowedDomains = List.of(allowedDomains);
            return this;
        }

        /**
         * Sets domains that do not count.
         *
         * @param blockedDomains domains that do not count; excludes {@code allowedDomains}
         * @return this builder
         */
        public Builder blockedDomains(String... blockedDomains) {
            this.blockedDomains = List.of(blockedDomains);
            return this;
        }

        /**
         * Sets whether the model may cite the pages.
         *
         * @param citations whether the model may cite the pages
         * @return this builder
         */
        public Builder citations(boolean citations) {
            this.citations = citations;
            return this;
        }

        /**
         * Sets how much of a page counts.
         *
         * @param maxContentTokens the most tokens of a page that the model gets to read
         * @return this builder
         */
        public Builder maxContentTokens(long maxContentTokens) {
            this.maxContentTokens = maxContentTokens;
            return this;
        }

        /**
         * Sets where the addresses may come from.
         *
         * @param urlSources where the addresses may come from
         * @return this builder
         */
        public Builder urlSources(UrlSources urlSources) {
            this.urlSources = urlSources;
            return this;
        }

        /**
         * Sets whether a page may come from a cache.
         *
         * @param useCache whether a page may come from a cache
         * @return this builder
         */
        public Builder useCache(boolean useCache) {
            this.useCache = useCache;
            return this;
        }

        /**
         * Sets whether the answer repeats what code got from it.
         *
         * @param responseInclusion whether the answer repeats what code got from it
         * @return this builder
         */
        public Builder responseInclusion(ResponseInclusion responseInclusion) {
            this.responseInclusion = responseInclusion;
            return this;
        }

        /**
         * The tool.
         *
         * @return a new tool
         */
        public WebFetchTool build() {
            return new WebFetchTool(
                    type,
                    maxUses,
                    allowedDomains,
                    blockedDomains,
                    citations,
                    maxContentTokens,
                    urlSources,
                    useCache,
                    responseInclusion,
                    ToolOptions.none(),
                    null,
                    Json.emptyObject());
        }
    }
}
