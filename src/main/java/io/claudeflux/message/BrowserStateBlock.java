package io.claudeflux.message;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The state of a browser after a call of the browser toolset, in a {@link ToolResultBlock}.
 *
 * @param tabs the open tabs
 * @param stateChanges what changed since the last call; empty for nothing
 * @param cacheControl a cache breakpoint behind this block; only in requests
 * @param extra the fields this version does not know, as one JSON object
 */
public record BrowserStateBlock(
        List<Tab> tabs,
        List<StateChange> stateChanges,
        @Nullable CacheControl cacheControl,
        Json extra) implements ContentBlock, Cacheable<BrowserStateBlock> {
    /** The name on the wire. */
    public static final String TYPE = "browser_state";

    /**
     * Copies the lists.
     *
     * @throws NullPointerException if {@code tabs}, {@code stateChanges} or {@code extra} is null
     */
    public BrowserStateBlock {
        Objects.requireNonNull(extra, "extra");
        tabs = List.copyOf(tabs);
        stateChanges = List.copyOf(stateChanges);
    }

    /**
     * A state in which nothing changed.
     *
     * @param tabs the open tabs
     */
    public BrowserStateBlock(List<Tab> tabs) {
        this(tabs, List.of(), null, Json.emptyObject());
    }

    @Override
    public BrowserStateBlock withCacheControl(@Nullable CacheControl cacheControl) {
        return new BrowserStateBlock(tabs, stateChanges, cacheControl, extra);
    }

    @Override
    public String type() {
        return TYPE;
    }

    /**
     * An open tab.
     *
     * @param tabId the id of the tab
     * @param title the title of its page
     * @param url the address of its page
     * @param active whether it is the one in front; null leaves it open
     * @param extra the fields this version does not know, as one JSON object
     */
    public record Tab(
            String tabId,
            String title,
            String url,
            @Nullable Boolean active,
            Json extra) {
        /**
         * Takes the values as they are.
         *
         * @throws NullPointerException if an argument that is not nullable is null
         */
        public Tab {
            Objects.requireNonNull(tabId, "tabId");
            Objects.requireNonNull(title, "title");
            Objects.requireNonNull(url, "url");
            Objects.requireNonNull(extra, "extra");
        }

        @Override
        public String toString() {
            return "Tab[" + title.length() + " chars of title]";
        }
    }

    /** Something that happened in the browser. */
    public sealed interface StateChange {}

    /**
     * A tab was opened.
     *
     * @param tabId the id of the tab
     * @param extra the fields this version does not know, as one JSON object
     */
    public record TabOpened(String tabId, Json extra) implements StateChange {
        /**
         * Takes the values as they are.
         *
         * @throws NullPointerException if an argument is null
         */
        public TabOpened {
            Objects.requireNonNull(tabId, "tabId");
            Objects.requireNonNull(extra, "extra");
        }

        @Override
        public String toString() {
            return "TabOpened[]";
        }
    }

    /**
     * A download began.
     *
     * @param downloadId the id of the download
     * @param url its address
     * @param extra the fields this version does not know, as one JSON object
     */
    public record DownloadStarted(String downloadId, String url, Json extra) implements StateChange {
        /**
         * Takes the values as they are.
         *
         * @throws NullPointerException if an argument is null
         */
        public DownloadStarted {
            Objects.requireNonNull(downloadId, "downloadId");
            Objects.requireNonNull(url, "url");
            Objects.requireNonNull(extra, "extra");
        }

        @Override
        public String toString() {
            return "DownloadStarted[]";
        }
    }

    /**
     * A download is complete.
     *
     * @param downloadId the id of the download
     * @param url its address
     * @param path where the file is
     * @param sizeBytes how large it is
     * @param extra the fields this version does not know, as one JSON object
     */
    public record DownloadCompleted(
            String downloadId,
            String url,
            @Nullable String path,
            @Nullable Long sizeBytes,
            Json extra) implements StateChange {
        /**
         * Takes the values as they are.
         *
         * @throws NullPointerException if {@code downloadId}, {@code url} or {@code extra} is null
         */
        public DownloadCompleted {
            Objects.requireNonNull(downloadId, "downloadId");
            Objects.requireNonNull(url, "url");
            Objects.requireNonNull(extra, "extra");
        }

        @Override
        public String toString() {
            return "DownloadCompleted[]";
        }
    }

    /**
     * A download failed.
     *
     * @param downloadId the id of the download
     * @param url its address
     * @param error why
     * @param extra the fields this version does not know, as one JSON object
     */
    public record DownloadFailed(
            String downloadId, String url, @Nullable String error, Json extra) implements StateChange {
        /**
         * Takes the values as they are.
         *
         * @throws NullPointerException if {@code downloadId}, {@code url} or {@code extra} is null
         */
        public DownloadFailed {
            Objects.requireNonNull(downloadId, "downloadId");
            Objects.requireNonNull(url, "url");
            Objects.requireNonNull(extra, "extra");
        }

        @Override
        public String toString() {
            return "DownloadFailed[]";
        }
    }

    /**
     * A change this version does not know.
     *
     * @param type its name on the wire; empty if it has none
     * @param raw the whole change as it came
     */
    public record UnknownChange(String type, Json raw) implements StateChange {
        /**
         * Takes the values as they are.
         *
         * @throws NullPointerException if an argument is null
         */
        public UnknownChange {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(raw, "raw");
        }
    }
}
