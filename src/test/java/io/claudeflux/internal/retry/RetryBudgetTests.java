package io.claudeflux.internal.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryBudgetTests {
    private static final int THREADS = 8;

    @Test
    void startsFullAndPaysAllOrNothing() {
        RetryBudget budget = new RetryBudget(30);
        assertThat(budget.tokens()).isEqualTo(30);
        assertThat(budget.take(14)).isTrue();
        assertThat(budget.take(14)).isTrue();
        assertThat(budget.take(14)).isFalse();
        assertThat(budget.tokens()).isEqualTo(2);
        assertThat(budget.take(2)).isTrue();
        assertThat(budget.tokens()).isZero();
        assertThat(budget.take(1)).isFalse();
    }

    @Test
    void whatIsGivenBeyondTheSizeIsLost() {
        RetryBudget budget = new RetryBudget(20);
        budget.give(1);
        assertThat(budget.tokens()).isEqualTo(20);
        assertThat(budget.take(5)).isTrue();
        budget.give(4);
        assertThat(budget.tokens()).isEqualTo(19);
        budget.give(14);
        assertThat(budget.tokens()).isEqualTo(20);
    }

    @Test
    void sumsBeyondAnIntDoNotOverflow() {
        RetryBudget budget = new RetryBudget(Integer.MAX_VALUE - 1);
        assertThat(budget.take(1)).isTrue();
        budget.give(Integer.MAX_VALUE);
        assertThat(budget.tokens()).isEqualTo(Integer.MAX_VALUE - 1);
    }

    @Test
    void nothingIsEverTakenFromAnUnlimitedOne() {
        RetryBudget budget = new RetryBudget(Integer.MAX_VALUE);
        for (int i = 0; i < 1_000; i++) {
            assertThat(budget.take(Integer.MAX_VALUE)).isTrue();
        }
        budget.give(14);
        assertThat(budget.tokens()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void anEmptyOneStaysEmpty() {
        RetryBudget budget = new RetryBudget(0);
        budget.give(14);
        assertThat(budget.take(5)).isFalse();
        assertThat(budget.tokens()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 14, 500, 5_000})
    void manyThreadsNeverSeeTooFewOrTooManyTokens(int size) throws Exception {
        RetryBudget budget = new RetryBudget(size);
        List<Integer> balances = together(thread -> {
            Random random = new Random(31L * size + thread);
            int balance = 0;
            for (int i = 0; i < 50_000; i++) {
                int cost = random.nextBoolean() ? 14 : 5;
                if (budget.take(cost)) {
                    balance += cost;
                }
                if (random.nextInt(3) == 0 && balance > 0) {
                    int part = 1 + random.nextInt(balance);
                    budget.give(part);
                    balance -= part;
                }
                int tokens = budget.tokens();
                if (tokens < 0 || tokens > size) {
                    throw new AssertionError(tokens + " of " + size + " tokens, seed " + (31L * size + thread));
                }
            }
            return balance;
        });
        // Every thread gave back only what it had taken, so that none was lost at the top.
        int taken = balances.stream().mapToInt(Integer::intValue).sum();
        assertThat(budget.tokens()).isEqualTo(size - taken);
    }

    @Test
    void manyThreadsTakeNoMoreThanThereIs() throws Exception {
        RetryBudget budget = new RetryBudget(500);
        List<Integer> granted = together(thread -> {
            int mine = 0;
            for (int i = 0; i < 1_000; i++) {
                mine += budget.take(14) ? 1 : 0;
            }
            return mine;
        });
        assertThat(granted.stream().mapToInt(Integer::intValue).sum()).isEqualTo(35);
        assertThat(budget.tokens()).isEqualTo(10);
    }

    @Test
    void manyThreadsCannotOverfillIt() throws Exception {
        RetryBudget budget = new RetryBudget(500);
        List<Integer> seen = together(thread -> {
            int highest = 0;
            for (int i = 0; i < 20_000; i++) {
                boolean taken = budget.take(5);
                budget.give(14);
                highest = Math.max(highest, taken ? budget.tokens() : 0);
            }
            return highest;
        });
        assertThat(seen).allSatisfy(highest -> assertThat(highest).isBetween(1, 500));
        assertThat(budget.tokens()).isEqualTo(500);
    }

    /** Runs the work on all threads at the same moment, and returns what each made of it. */
    private static List<Integer> together(Work work) throws InterruptedException, ExecutionException, TimeoutException {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Integer>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                Callable<Integer> task = () -> {
                    start.await(10, TimeUnit.SECONDS);
                    return work.run(thread);
                };
                running.add(threads.submit(task));
            }
            List<Integer> results = new ArrayList<>();
            for (Future<Integer> one : running) {
                results.add(one.get(30, TimeUnit.SECONDS));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    /** What one thread does. */
    private interface Work {
        int run(int thread);
    }
}
