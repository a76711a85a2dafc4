package io.claudeflux.fault;

import static io.claudeflux.fixture.Frames.data;
import static io.claudeflux.fixture.Frames.err;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.fin;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.raw;
import static io.claudeflux.fixture.Steps.rst;
import static io.claudeflux.fixture.Steps.together;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.ClaudeClient;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.NotRetried;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.fixture.Step;
import io.claudeflux.fixture.Transcripts;
import io.claudeflux.message.PartialMessage;
import io.claudeflux.stream.MessageStart;
import io.claudeflux.stream.MessageStop;
import io.claudeflux.stream.StreamEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Transcripts cut at random bytes by random faults, call after call, each followed by a good answer for whoever asks
 * again.
 *
 * <p>Whatever comes, there is never silence, never a second beginning, and never a second request behind output. Where
 * nothing was handed down and the fault passes, the second request heals it, and the caller sees that answer alone.
 */
final class RandomCuts {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final List<String> PASSING =
            List.of("overloaded_error", "api_error", "rate_limit_error", "timeout_error");
    private static final List<String> LASTING =
            List.of("invalid_request_error", "authentication_error", "permission_error", "quantum_error");

    private final Random random;
    private final long seed;
    private final List<Text> texts =
            Arrays.stream(Transcripts.values()).map(Text::of).toList();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Step first = end();
    private volatile Step second = end();

    private RandomCuts(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    /** How a stream goes wrong behind its cut. */
    private enum Kind {
        END,
        FIN,
        RST,
        GARBAGE,
        PASSING_ERROR,
        LASTING_ERROR,
        BAD_JSON;

        /** Whether the fault is written as a frame of its own, which needs the one before to be whole. */
        boolean isFrame() {
            return this == PASSING_ERROR || this == LASTING_ERROR || this == BAD_JSON;
        }

        boolean passes() {
            return this != LASTING_ERROR && this != BAD_JSON;
        }
    }

    /** What came of all cases. */
    record Tally(int untouched, int healed, int refused, int broken) {
        Tally plus(Tally other) {
            return new Tally(
                    untouched + other.untouched, healed + other.healed, refused + other.refused, broken + other.broken);
        }
    }

    /** A transcript, measured. */
    private record Text(Transcripts transcript, String sse, Cuts.Ends ends) {
        static Text of(Transcripts transcript) {
            return new Text(transcript, transcript.sse(), Cuts.Ends.of(transcript));
        }

        int length() {
            return sse.getBytes(StandardCharsets.UTF_8).length;
        }

        byte[] until(int at) {
            return Arrays.copyOf(sse.getBytes(StandardCharsets.UTF_8), at);
        }

        /** An error event at the end is not delivered, and a beginning without content is held back. */
        int delivered(int frames) {
            int events = transcript.isComplete() ? frames : Math.min(frames, ends.count() - 1);
            return ends.delivered(events);
        }
    }

    /** One case. */
    private record Case(int number, Text text, int at, Kind kind) {
        /** A frame that is cut counts only if its data is whole, and then not for every fault. */
        int fewest() {
            return text.delivered(text.ends().terminatedBefore(at));
        }

        int most() {
            return text.delivered(text.ends().wholeDataBefore(at));
        }

        String answer() {
            return "healed " + number;
        }

        @Override
        public String toString() {
            return "case " + number + ", " + text.transcript() + " cut at " + at + " by " + kind;
        }
    }

    /** Plays the given number of cases, one after another, on one client; the same seed plays the same cases. */
    static Tally play(long seed, int count) {
        return new RandomCuts(seed).play(count);
    }

    private Tally play(int count) {
        Step script = connection -> (asked.getAndIncrement() == 0 ? first : second).run(connection);
        try (ScriptedServer server = ScriptedServer.start(reply(script));
                ClaudeClient client = client(server)) {
            Tally tally = new Tally(0, 0, 0, 0);
            for (int i = 0; i < count; i++) {
                Case next = draw(i);
                first = together(h200(), chunk(next.text().until(next.at())), fault(next.kind()));
                second = together(h200(), chunk(good(next.answer())), end());
                asked.set(0);
                Outcome<StreamEvent> outcome = Outcome.of(client.messages().stream(FaultBench.request()), LIMIT);
                tally = tally.plus(judged(next, outcome));
            }
            server.awaitSettled(Duration.ofSeconds(2));
            assertThat(server.failure()).isNull();
            return tally;
        }
    }

    private static ClaudeClient client(ScriptedServer server) {
        return ClaudeClient.builder()
                .apiKey(FaultBench.KEY)
                .baseUrl(server.baseUrl())
                .maxConcurrentRequests(1)
                .retry(FaultBench.RETRY
                        .withTransientBackoff(Duration.ofMillis(1), Duration.ofMillis(3))
                        .withThrottlingBackoff(Duration.ofMillis(1), Duration.ofMillis(3))
                        .withoutBudget())
                .build();
    }

    /** Every third cut falls where nothing was handed down yet. */
    private Case draw(int number) {
        Text text = texts.get(random.nextInt(texts.size()));
        Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
        List<Integer> frames = text.ends().blank();
        int at = random.nextInt(random.nextInt(3) == 0 ? frames.get(1) : text.length() + 1);
        if (kind.isFrame()) {
            int whole = text.ends().terminatedBefore(at);
            at = whole == 0 ? 0 : frames.get(whole - 1);
        }
        return new Case(number, text, at, kind);
    }

    private Step fault(Kind kind) {
        return switch (kind) {
            case END -> end();
            case FIN -> fin();
            case RST -> rst();
            case GARBAGE -> raw("zz\r\nno chunk\r\n");
            case PASSING_ERROR -> together(chunk(err(any(PASSING))), end());
            case LASTING_ERROR -> together(chunk(err(any(LASTING))), end());
            case BAD_JSON -> together(chunk(data("{\"type\":oops}")), end());
        };
    }

    private String any(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }

    private Tally judged(Case played, Outcome<StreamEvent> outcome) {
        try {
            assertThat(outcome.terminals()).isEqualTo(1);
            assertThat(outcome.events().stream().filter(MessageStart.class::isInstance))
                    .hasSizeLessThanOrEqualTo(1);
            return asked.get() == 1 ? judgeFirst(played, outcome) : judgeHealed(played, outcome);
        } catch (AssertionError wrong) {
            AssertionError named = new AssertionError(
                    "seed " + seed + ", " + played + ", " + asked + " requests: " + outcome.describe(), wrong);
            Optional.ofNullable(outcome.error()).ifPresent(named::addSuppressed);
            throw named;
        }
    }

    /** There was a second request: only behind a fault that passes, and not behind any output. */
    private Tally judgeHealed(Case played, Outcome<StreamEvent> outcome) {
        assertThat(asked).hasValue(2);
        assertThat(played.kind().passes()).isTrue();
        if (played.kind() != Kind.RST) {
            assertThat(played.fewest()).as("events before the cut").isZero();
        }
        Expect.done(played.answer()).accept(outcome);
        return new Tally(0, 1, 0, 0);
    }

    private Tally judgeFirst(Case played, Outcome<StreamEvent> outcome) {
        assertThat(outcome.n()).as("events").isLessThanOrEqualTo(played.most());
        if (played.kind() != Kind.RST) {
            assertThat(outcome.n()).as("events").isGreaterThanOrEqualTo(played.fewest());
        }
        if (outcome.isComplete()) {
            assertThat(played.text().transcript().isComplete()).isTrue();
            assertThat(outcome.events())
                    .hasSize(played.text().ends().count())
                    .last()
                    .isInstanceOf(MessageStop.class);
            return new Tally(1, 0, 0, 0);
        }
        ClaudeException error = outcome.error(ClaudeException.class);
        assertThat(error.attempts()).isEqualTo(1);
        assertThat(error.partial().map(PartialMessage::text).orElse("")).isEqualTo(Expect.text(outcome.events()));
        assertThat(error.notRetried()).contains(outcome.n() > 0 ? NotRetried.DELIVERED : NotRetried.NOT_RETRYABLE);
        if (outcome.n() == 0) {
            assertThat(played.kind().passes()).isFalse();
            return new Tally(0, 0, 1, 0);
        }
        return new Tally(0, 0, 0, 1);
    }
}
