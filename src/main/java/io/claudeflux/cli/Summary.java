package io.claudeflux.cli;

import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What came of a demo, in one line that programs can read.
 *
 * @param streams how many there were
 * @param completed how many ended with {@code message_stop}
 * @param failed how many ended otherwise
 * @param attempts how many attempts all of them made
 * @param retried how many needed more than one
 * @param events how many events all of them delivered
 * @param firstTokenMillis the median time from the start to a stream's first token; 0 if no stream had one
 * @param elapsedMillis the time from the start to the end of the last stream
 */
record Summary(
        int streams,
        int completed,
        int failed,
        int attempts,
        int retried,
        long events,
        long firstTokenMillis,
        long elapsedMillis) {
    static Summary of(Collection<StreamLine> lines, long startNanos, long nowNanos) {
        int failed = (int) lines.stream().filter(StreamLine::isFailed).count();
        int ended = (int) lines.stream().filter(StreamLine::isEnded).count();
        long[] firstTokens = lines.stream()
                .filter(StreamLine::hasFirstToken)
                .mapToLong(line -> line.firstTokenNanos() - startNanos)
                .sorted()
                .toArray();
        return new Summary(
                lines.size(),
                ended - failed,
                failed,
                lines.stream().mapToInt(StreamLine::attempts).sum(),
                (int) lines.stream().filter(line -> line.attempts() > 1).count(),
                lines.stream().mapToLong(StreamLine::events).sum(),
                firstTokens.length == 0 ? 0 : millis(firstTokens[(firstTokens.length - 1) / 2]),
                millis(nowNanos - startNanos));
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "streams=%d completed=%d failed=%d attempts=%d retried=%d events=%d first-token-p50=%dms elapsed=%.1fs",
                streams,
                completed,
                failed,
                attempts,
                retried,
                events,
                firstTokenMillis,
                elapsedMillis / 1000.0);
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
