package io.claudeflux.cli;

import io.claudeflux.stream.ContentBlockDelta;
import io.claudeflux.stream.Delta;
import io.claudeflux.stream.TextDelta;
import io.claudeflux.stream.ThinkingDelta;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Moves the streams of a board along by hand; the board starts at time 0. */
final class Lines {
    private Lines() {}

    static Board board(int streams) {
        return new Board(DemoScript.of(streams), 0);
    }

    static void text(Board board, int number, String text) {
        delta(board, number, new TextDelta(text));
    }

    static void thinking(Board board, int number, String text) {
        delta(board, number, new ThinkingDelta(text));
    }

    private static void delta(Board board, int number, Delta delta) {
        board.take(new Progress.Event(number - 1, new ContentBlockDelta(0, delta), millis(10L * number), "loop-1"));
    }

    static void end(Board board, int number, @Nullable Throwable error) {
        end(board, number, 1, error);
    }

    static void end(Board board, int number, int attempts, @Nullable Throwable error) {
        board.take(new Progress.End(number - 1, attempts, error, millis(100L * number)));
    }

    static void retry(Board board, int number, int failedAttempt) {
        board.take(new Progress.Retry(number - 1, failedAttempt, Failures.overloaded()));
    }

    static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
