package io.claudeflux.message;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A search of the web by the server.
 *
 * <pre>{@code
 * WebSearchTool.builder().maxUses(3).allowedDomains("example.org").build()
 * }</pre>
 *
 * @param type its name on the wire with its date, such as {@code web_search_20260318}
 * @param maxUses how often it may be called in one request; null for no bound
 * @param allowedDomains the only domains that count; empty for all
 * @param blockedDomains domains that do not count; excludes {@code allowedDomains}
 * @param userLocation about where the user is
 * @param responseInclusion whether the answer repeats what code got from it; null leaves the default
 * @param options how it may be called
 * @param cacheControl a cache breakpoint behind this tool
 * @param extra the fields this version does not know, as one JSON object
 */
public record WebSearchTool(
        String type,
        @Nullable Long maxUses,
        List<String> allowedDomains,
        List<String> blockedDomains,
        @Nullable UserLocation userLocation,
        @Nullable ResponseInclusion responseInclusion,
        ToolOptions options,
        @Nullable CacheControl cacheControl,
        Json extra)
        implements Tool, ConfigurableTool<WebSearchTool> {
    /** The name of its calls. */
    public static final String NAME = "web_search";

    /**
     * Copies the lists.
     *
     * @throws NullPointerException if an argument that is not nullable is null
     */
    public WebSearchTool {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(extra, "extra");
        allowedDomains = List.copyOf(allowedDomains);
        blockedDomains = List.copyOf(blockedDomains);
    }

    /**
     * The tool as this version knows it, without settings.
     *
     * @return {@code web_search_20260318}
     */
    public static WebSearchTool latest() {
        return builder().build();
    }

    /**
     * A builder for the tool as this version knows it.
     *
     * @return a new builder of a {@code web_search_20260318}
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public WebSearchTool withOptions(ToolOptions options) {
        return new WebSearchTool(
                type,
                maxUses,
                allowedDomains,
                blockedDomains,
                userLocation,
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
    public WebSearchTool withCacheControl(@Nullable CacheControl cacheControl) {
        return new WebSearchTool(
                type,
                maxUses,
                allowedDomains,
                blockedDomains,
                userLocation,
                responseInclusion,
                options,
                cacheControl,
                extra);
    }

    @Override
    public String toString() {
        return "WebSearchTool[" + type + "]";
    }

    /** Collects the settings. Mutable, for use by one thread. */
    public static final class Builder {
        private String type = "web_search_20260318";
        private @Nullable Long maxUses;
        private List<String> allowedDomains = List.of();
        private List<String> blockedDomains = List.of();
        private @Nullable UserLocation userLocation;
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
         * Sets about where the user is.
         *
         * @param userLocation about where the user is
         * @return this builder
         */
        public Builder userLocation(UserLocation userLocation) {
            this.userLocation = userLocation;
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
        public WebSearchTool build() {
            return new WebSearchTool(
                    type,
                    maxUses,
                    allowedDomains,
                    blockedDomains,
                    userLocation,
                    responseInclusion,
                    ToolOptions.none(),
                    null,
                    Json.emptyObject());
        }
    }
}
