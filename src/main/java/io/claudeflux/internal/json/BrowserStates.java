package io.claudeflux.internal.json;

import io.claudeflux.message.BrowserStateBlock;
import io.claudeflux.message.BrowserStateBlock.DownloadCompleted;
import io.claudeflux.message.BrowserStateBlock.DownloadFailed;
import io.claudeflux.message.BrowserStateBlock.DownloadStarted;
import io.claudeflux.message.BrowserStateBlock.StateChange;
import io.claudeflux.message.BrowserStateBlock.Tab;
import io.claudeflux.message.BrowserStateBlock.TabOpened;
import io.claudeflux.message.BrowserStateBlock.UnknownChange;
import io.claudeflux.message.Json;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** States of a browser, in both directions. */
final class BrowserStates {
    private static final Union<StateChange> CHANGES = new Union<>(
            List.of(
                    new Codec<>("tab_opened", TabOpened.class, BrowserStates::opened, BrowserStates::opened),
                    new Codec<>(
                            "download_started", DownloadStarted.class, BrowserStates::started, BrowserStates::started),
                    new Codec<>(
                            "download_completed",
                            DownloadCompleted.class,
                            BrowserStates::completed,
                            BrowserStates::completed),
                    new Codec<>("download_failed", DownloadFailed.class, BrowserStates::failed, BrowserStates::failed)),
            UnknownChange::new,
            change -> change instanceof UnknownChange unknown ? unknown.raw() : null);

    private BrowserStates() {}

    static BrowserStateBlock read(Fields fields) {
        return new BrowserStateBlock(
                fields.requiredList("tabs", BrowserStates::tab),
                fields.list("state_changes", CHANGES::read),
                CacheControls.of(fields),
                fields.rest());
    }

    static void write(Members out, BrowserStateBlock block) {
        out.array("tabs", block.tabs(), BrowserStates::writeTab)
                .list("state_changes", block.stateChanges(), CHANGES::write)
                .cacheControl(block.cacheControl())
                .rest(block.extra());
    }

    private static Tab tab(Json json) {
        Fields fields = Fields.toTheLetter(json);
        return new Tab(
                fields.requiredString("tab_id"),
                fields.requiredString("title"),
                fields.requiredString("url"),
                fields.bool("active"),
                fields.rest());
    }

    private static void writeTab(JsonGenerator out, Tab tab) {
        Members.object(out)
                .string("tab_id", tab.tabId())
                .string("title", tab.title())
                .string("url", tab.url())
                .bool("active", tab.active())
                .rest(tab.extra())
                .end();
    }

    private static TabOpened opened(Fields fields) {
        return new TabOpened(fields.requiredString("tab_id"), fields.rest());
    }

    private static void opened(Members out, TabOpened change) {
        out.string("tab_id", change.tabId()).rest(change.extra());
    }

    private static DownloadStarted started(Fields fields) {
        return new DownloadStarted(fields.requiredString("download_id"), fields.requiredString("url"), fields.rest());
    }

    private static void started(Members out, DownloadStarted change) {
        out.string("download_id", change.downloadId())
                .string("url", change.url())
                .rest(change.extra());
    }

    private static DownloadCompleted completed(Fields fields) {
        return new DownloadCompleted(
                fields.requiredString("download_id"),
                fields.requiredString("url"),
                fields.string("path"),
                fields.number("size_bytes"),
                fields.rest());
    }

    private static void completed(Members out, DownloadCompleted change) {
        out.string("download_id", change.downloadId())
                .string("url", change.url())
                .string("path", change.path())
                .number("size_bytes", change.sizeBytes())
                .rest(change.extra());
    }

    private static DownloadFailed failed(Fields fields) {
        return new DownloadFailed(
                fields.requiredString("download_id"),
                fields.requiredString("url"),
                fields.string("error"),
                fields.rest());
    }

    private static void failed(Members out, DownloadFailed change) {
        out.string("download_id", change.downloadId())
                .string("url", change.url())
                .string("error", change.error())
                .rest(change.extra());
    }
}
