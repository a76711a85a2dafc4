package io.claudeflux.cli;

import io.claudeflux.stream.ContentBlockDelta;
import io.claudeflux.stream.Delta;
import io.claudeflux.stream.TextDelta;
import io.claudeflux.stream.ThinkingDelta;
import org.jspecify.annotations.Nullable;

/** The state of one stream of a demo. Confined to the printing thread. */
final class StreamLine {
    /** How far a stream is. */
    enum Phase {
        WAITING,
        RETRYING,
        THINKING,
        ANSWERING,
        COMPLETED,
        FAILED
    }

    private final int number;
    private final String question;
    private final StringBuilder answer = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private Phase phase = Phase.WAITING;
    private int attempts = 1;
    private String setback = "";
    private long events;
    private long firstTokenNanos;
    private long endNanos;
    private @Nullable Throwable error;

    /** A stream that has not begun; its number is the one that people see, from 1. */
    StreamLine(int number, String question) {
        this.number = number;
        this.question = question;
    }

    void take(Progress.Event progress) {
        events++;
        if (progress.event() instanceof ContentBlockDelta block) {
            if (firstTokenNanos == 0) {
                firstTokenNanos = progress.nanos();
            }
            grow(block.delta());
        }
    }

    private void grow(Delta delta) {
        if (delta instanceof TextDelta text) {
            phase = Phase.ANSWERING;
            answer.append(text.text());
        } else if (delta instanceof ThinkingDelta thought) {
            phase = Phase.THINKING;
            thinking.append(thought.thinking());
        }
    }

    void take(Progress.Retry retry) {
        if (events == 0 && !isEnded()) {
            phase = Phase.RETRYING;
            attempts = retry.attempt() + 1;
            setback = "retry " + retry.attempt() + ": " + Complaint.brief(retry.error());
        }
    }

    void take(Progress.End end) {
        attempts = end.attempts();
        phase = end.error() == null ? Phase.COMPLETED : Phase.FAILED;
        error = end.error();
        endNanos = end.nanos();
    }

    int number() {
        return number;
    }

    String question() {
        return question;
    }

    Phase phase() {
        return phase;
    }

    boolean isEnded() {
        return phase == Phase.COMPLETED || phase == Phase.FAILED;
    }

    boolean isFailed() {
        return phase == Phase.FAILED;
    }

    /** The answer so far, without thinking. */
    String answer() {
        return answer.toString();
    }

    /** What there is to read at the moment: why it is tried again, the thought while it thinks, then the answer. */
    String visibleText() {
        return switch (phase) {
            case RETRYING -> setback;
            case THINKING -> thinking.toString();
            default -> answer.toString();
        };
    }

    /** How many attempts were made, or are about to be. */
    int attempts() {
        return attempts;
    }

    long events() {
        return events;
    }

    boolean hasFirstToken() {
        return firstTokenNanos != 0;
    }

    long firstTokenNanos() {
        return firstTokenNanos;
    }

    /** When it ended; means nothing before. */
    long endNanos() {
        return endNanos;
    }

    @Nullable Throwable error() {
        return error;
    }
}
