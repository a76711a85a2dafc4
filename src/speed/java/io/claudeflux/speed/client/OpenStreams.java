package io.claudeflux.speed.client;

import io.claudeflux.speed.answer.AnswerName;
import io.claudeflux.speed.answer.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Keeps a number of streams open: where one ends, what it brought is checked, and the next one starts. */
final class OpenStreams {
    private static final int BATCH = 50;
    private static final long BATCH_PAUSE_MILLIS = 5;

    private final StreamClient client;
    private final Load load;
    private final Expected expected;
    private final boolean isFloor;
    private final List<Place> places = new ArrayList<>();
    private final AtomicLong ended = new AtomicLong();
    private final CompletableFuture<Void> failure = new CompletableFuture<>();

    OpenStreams(StreamClient client, Load load, Expected expected, boolean isFloor) {
        this.client = client;
        this.load = load;
        this.expected = expected;
        this.isFloor = isFloor;
    }

    /** Opens streams until there are so many, not all at the same moment. */
    void openUpTo(int streams, @Nullable Histogram ages) {
        while (places.size() < streams) {
            Place place = new Place(ages, this::over);
            places.add(place);
            client.open(place);
            if (places.size() % BATCH == 0) {
                run(BATCH_PAUSE_MILLIS);
            }
        }
    }

    private void over(Place place, @Nullable Throwable cause) {
        if (cause != null) {
            failure.completeExceptionally(cause);
        } else if (!isWhole(place)) {
            failure.completeExceptionally(new IllegalStateException("A stream of " + load.client() + " brought "
                    + place.countOfStream() + " with " + place.chars() + " characters, and not " + expected));
        } else {
            next(place);
        }
    }

    /** Events with stamps are not in the answer as it is known here: of those there is one. */
    private boolean isWhole(Place place) {
        if (load.answer().kind() == AnswerName.Kind.FIRST) {
            return isFloor ? place.countOfStream() == expected.bytes() + Stamp.length() : place.countOfStream() == 1;
        }
        return isFloor
                ? place.countOfStream() == expected.bytes()
                : place.countOfStream() == expected.texts() && place.chars() == expected.chars();
    }

    private void next(Place place) {
        ended.incrementAndGet();
        place.begin();
        client.open(place);
    }

    /**
     * Lets the streams run for so long.
     *
     * @throws IllegalStateException if one of them has failed, or brought other than it should
     */
    void run(long millis) {
        try {
            failure.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // That is how it should be.
        } catch (ExecutionException e) {
            throw new IllegalStateException(String.valueOf(e.getCause()), e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted", e);
        }
    }

    /** How many streams have ended, each as it should. */
    long ended() {
        return ended.get();
    }

    /** How many texts, or bytes, have come through all of them. */
    long count() {
        return places.stream().mapToLong(Place::count).sum();
    }
}
