package io.claudeflux.cli;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The state of all streams of a demo. Confined to the printing thread. */
final class Board {
    private final List<StreamLine> lines;
    private final long startNanos;
    private final Set<String> threads = new HashSet<>();
    private long endNanos;

    Board(DemoScript script, long startNanos) {
        this.lines = script.streams().stream()
                .map(stream -> new StreamLine(stream.index() + 1, stream.question()))
                .toList();
        this.startNanos = startNanos;
        this.endNanos = startNanos;
    }

    void take(Progress progress) {
        if (progress instanceof Progress.Event event) {
            threads.add(event.thread());
            lines.get(event.stream()).take(event);
        } else if (progress instanceof Progress.Retry retry) {
            lines.get(retry.stream()).take(retry);
        } else if (progress instanceof Progress.End end) {
            endNanos = end.nanos();
            lines.get(end.stream()).take(end);
        }
    }

    List<StreamLine> lines() {
        return lines;
    }

    long count(Predicate<StreamLine> which) {
        return lines.stream().filter(which).count();
    }

    boolean isOver() {
        return lines.stream().allMatch(StreamLine::isEnded);
    }

    /** How many threads of the client have delivered events so far. */
    int threads() {
        return threads.size();
    }

    long startNanos() {
        return startNanos;
    }

    /** How things stand; once all streams have ended, the time stands still. */
    Summary summary(long nowNanos) {
        return Summary.of(lines, startNanos, isOver() ? endNanos : nowNanos);
    }
}
