package io.claudeflux;

import io.claudeflux.error.FailureContext;
import io.claudeflux.error.StreamException;
import io.claudeflux.error.StreamException.Fault;
import io.claudeflux.error.StreamException.Kind;
import io.claudeflux.message.Json;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A list that the server hands out a page at a time, each asked for with the cursor of the one before, and only when
 * somebody wants an element of it. For one subscription; its state follows the signals of that, one after another.
 */
final class Pages<T> {
    private final Function<@Nullable String, Mono<Page<T>>> ask;
    private @Nullable String cursor;
    private boolean hasMore;
    private @Nullable String landmark;
    private long steps;
    private long nextLandmark = 1;

    private Pages(Function<@Nullable String, Mono<Page<T>>> ask) {
        this.ask = ask;
    }

    /**
     * Some elements, and where the next ones are.
     *
     * @param data the elements
     * @param next the cursor of the next page; null if this is the last one
     */
    record Page<T>(List<T> data, @Nullable String next) {
        /** A page in the style that the id of the last element leads to the next; an empty one is the last. */
        static <T> Page<T> byLastId(Json page, Class<T> type) {
            Json data = page.get("data").orElseThrow(() -> new IllegalArgumentException("a page without data"));
            if (!data.text().stripLeading().startsWith("[")) {
                throw new IllegalArgumentException("a page whose data is no list");
            }
            List<T> elements =
                    data.elements().stream().map(element -> element.as(type)).toList();
            boolean hasMore = page.get("has_more")
                    .filter(more -> more.text().equals("true"))
                    .isPresent();
            String last = page.get("last_id").flatMap(Json::asString).orElse("");
            return new Page<>(elements, hasMore && !elements.isEmpty() && !last.isEmpty() ? last : null);
        }
    }

    /** All elements, page after page; cold. */
    static <T> Flux<T> of(Function<@Nullable String, Mono<Page<T>>> ask) {
        return Flux.defer(() -> {
            Pages<T> pages = new Pages<>(ask);
            return Flux.defer(pages::onDemand).repeat(() -> pages.hasMore);
        });
    }

    /** Hidden, so that it is an element that somebody must ask for, and with it the page is. */
    private Flux<T> onDemand() {
        return Flux.just(this).hide().concatMap(pages -> pages.ask.apply(cursor).flatMapIterable(this::turned), 0);
    }

    private List<T> turned(Page<T> page) {
        String next = page.next();
        if (next != null && isKnown(next)) {
            throw new StreamException(
                    Fault.of(Kind.PROTOCOL, "repeated_page"),
                    "the server leads from page to page in a circle; check that baseUrl leads to the API",
                    null,
                    FailureContext.attempted(false));
        }
        cursor = next;
        hasMore = next != null;
        return page.data();
    }

    /**
     * Whether the list goes in a circle: each cursor is compared with one that was kept, and another one is kept after
     * twice as many steps as before, so that a circle of any length is found with one cursor in memory.
     */
    private boolean isKnown(String next) {
        if (next.equals(cursor) || next.equals(landmark)) {
            return true;
        }
        if (++steps >= nextLandmark) {
            landmark = next;
            nextLandmark = 2 * steps + 1;
        }
        return false;
    }
}
