package io.claudeflux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SummaryTests {
    @Test
    void theLineHasAFixedForm() {
        assertThat(new Summary(48, 44, 4, 64, 12, 1234, 12, 3249).line())
                .isEqualTo(
                        "streams=48 completed=44 failed=4 attempts=64 retried=12 events=1234 first-token-p50=12ms elapsed=3.2s");
    }

    @Test
    void firstTokenIsTheMedianOverTheStreamsThatHadOne() {
        Board board = Lines.board(6);
        for (int number = 1; number <= 5; number++) {
            Lines.text(board, number, "a");
            Lines.text(board, number, "b");
        }

        Summary summary = board.summary(Lines.millis(500));

        assertThat(summary.firstTokenMillis()).isEqualTo(30);
        assertThat(summary.events()).isEqualTo(10);
    }

    @Test
    void everyAttemptCountsAndEveryStreamThatNeededMoreThanOne() {
        Board board = Lines.board(4);
        Lines.end(board, 1, 1, null);
        Lines.end(board, 2, 3, Failures.overloaded());
        Lines.end(board, 3, 2, null);

        Summary summary = board.summary(Lines.millis(500));

        assertThat(summary.attempts()).isEqualTo(1 + 3 + 2 + 1);
        assertThat(summary.retried()).isEqualTo(2);
    }

    @Test
    void timeStandsStillOnceAllStreamsHaveEnded() {
        Board board = Lines.board(2);
        Lines.end(board, 1, null);
        assertThat(board.summary(Lines.millis(500)).elapsedMillis()).isEqualTo(500);
        Lines.end(board, 2, Failures.cut());

        Summary summary = board.summary(Lines.millis(900));

        assertThat(summary).isEqualTo(new Summary(2, 1, 1, 2, 0, 0, 0, 200));
    }
}
