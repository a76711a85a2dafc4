package io.claudeflux.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Which streams a screen shows that has fewer rows than there are streams.
 *
 * <p>A stream keeps its row while it runs and a moment longer, so that lines can be read; the row then goes to the most
 * active stream that is not shown. Failures stay, up to a third of the rows. Confined to the printing thread.
 */
final class Slots {
    private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(350);
    private static final Comparator<StreamLine> MOST_ACTIVE_FIRST = Comparator.comparing(StreamLine::isFailed)
            .thenComparing(StreamLine::events)
            .reversed();

    private final List<StreamLine> shown = new ArrayList<>();

    /** The streams to show while the demo runs. */
    List<StreamLine> during(Board board, int rows, long nowNanos) {
        if (rows >= board.lines().size()) {
            return board.lines();
        }
        if (shown.size() != rows) {
            shown.clear();
            shown.addAll(board.lines().subList(0, rows));
        }
        int failures = (int) shown.stream().filter(StreamLine::isFailed).count();
        boolean roomForFailures = failures <= rows / 3;
        for (int row = 0; row < rows; row++) {
            StreamLine line = shown.get(row);
            boolean isNews = nowNanos - line.endNanos() < LINGER_NANOS || (line.isFailed() && roomForFailures);
            if (line.isEnded() && !isNews) {
                int free = row;
                next(board, roomForFailures).ifPresent(next -> shown.set(free, next));
            }
        }
        return List.copyOf(shown);
    }

    private Optional<StreamLine> next(Board board, boolean roomForFailures) {
        Set<StreamLine> already = new HashSet<>(shown);
        return board.lines().stream()
                .filter(line -> !already.contains(line))
                .filter(line -> line.isFailed() ? roomForFailures : !line.isEnded())
                .min(MOST_ACTIVE_FIRST);
    }

    /** The streams to leave on the screen: the failures, and of the others those that ended last. */
    static List<StreamLine> after(Board board, int rows) {
        Comparator<StreamLine> failuresFirst =
                Comparator.comparing(StreamLine::isFailed).reversed();
        Stream<StreamLine> best = board.lines().stream()
                .sorted(failuresFirst.thenComparing(
                        Comparator.comparing(StreamLine::endNanos).reversed()))
                .limit(rows);
        return best.sorted(Comparator.comparing(StreamLine::number)).toList();
    }
}
