package io.claudeflux.speed.client;

import io.claudeflux.speed.answer.Stamp;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * A place for one stream after another: takes what a client hands down, counts it, and knows how old it is. Its count
 * only ever grows, so that a sum over all places is right at any moment. The signals of a stream come one after
 * another; those of the next one begin behind the end of the last.
 */
final class Place implements OpenStream {
    private final AtomicLong count = new AtomicLong();
    private final @Nullable Histogram ages;
    private final BiConsumer<Place, @Nullable Throwable> whenOver;
    private long startCount;
    private long chars;

    Place(@Nullable Histogram ages, BiConsumer<Place, @Nullable Throwable> whenOver) {
        this.ages = ages;
        this.whenOver = whenOver;
    }

    @Override
    public void text(String text) {
        chars += text.length();
        count.lazySet(count.getPlain() + 1);
        if (ages != null) {
            record(ages, Stamp.age(text));
        }
    }

    @Override
    public void bytes(ByteBuf bytes) {
        count.lazySet(count.getPlain() + bytes.readableBytes());
        if (ages != null) {
            record(ages, Stamp.age(bytes));
        }
    }

    /** What is no whole event, such as the frame of an answer, has no age. */
    private static void record(Histogram ages, long age) {
        if (age >= 0) {
            ages.recordValue(Math.min(age, ages.getHighestTrackableValue()));
        }
    }

    @Override
    public void completed() {
        whenOver.accept(this, null);
    }

    @Override
    public void failed(Throwable failure) {
        whenOver.accept(this, failure);
    }

    /** Makes it ready for the next stream. */
    void begin() {
        startCount = count.getPlain();
        chars = 0;
    }

    /** How many texts, or bytes, all streams of this place have had so far; may be asked by any thread. */
    long count() {
        return count.getOpaque();
    }

    /** How many texts, or bytes, the present stream has had. */
    long countOfStream() {
        return count.getPlain() - startCount;
    }

    /** How many characters the texts of the present stream have. */
    long chars() {
        return chars;
    }
}
