package io.claudeflux.fault;

import static io.claudeflux.fixture.Steps.end;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.OverloadedException;
import io.claudeflux.error.StreamException;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.Transcripts;
import io.claudeflux.message.PartialMessage;
import io.claudeflux.stream.MessageStop;
import io.claudeflux.stream.Ping;
import io.claudeflux.stream.StreamEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A transcript played once for each of its bytes, or some of them, cut there, and what has to come of each cut.
 *
 * <p>Each is played to a client that asks once, so that nothing hides behind a retry; {@link RandomCuts} has both. What
 * has to come follows from the text alone. A frame counts once its data is whole, since the end of the body stands in
 * for a missing blank line; {@code message_start} and the pings right behind it are held back, and do not count alone.
 */
final class Cuts {
    private final Transcripts transcript;
    private final Ends ends;
    private final Map<Integer, Outcome<StreamEvent>> outcomes;

    private Cuts(Transcripts transcript, Map<Integer, Outcome<StreamEvent>> outcomes) {
        this.transcript = transcript;
        this.ends = Ends.of(transcript);
        this.outcomes = outcomes;
    }

    /** Plays every beginning of the transcript, the empty one and the whole included, with the script made for it. */
    static Cuts play(Transcripts transcript, Function<byte[], Script> script) {
        return play(transcript, 1, script);
    }

    /** How far the cuts of a transcript are apart if there are to be so many of them at most. */
    static int stride(Transcripts transcript, int most) {
        return (transcript.sse().getBytes(StandardCharsets.UTF_8).length + most - 1) / most;
    }

    /** Plays one beginning in so many, from one that chance decides on, and the whole. */
    static Cuts play(Transcripts transcript, int stride, Function<byte[], Script> script) {
        byte[] bytes = transcript.sse().getBytes(StandardCharsets.UTF_8);
        int[] cuts = IntStream.concat(
                        IntStream.iterate(new Random().nextInt(stride), at -> at < bytes.length, at -> at + stride),
                        IntStream.of(bytes.length))
                .toArray();
        Script[] scripts = Arrays.stream(cuts)
                .mapToObj(at -> script.apply(Arrays.copyOf(bytes, at)))
                .toArray(Script[]::new);
        Map<Integer, Outcome<StreamEvent>> outcomes = new TreeMap<>();
        try (FaultBench bench = FaultBench.servingOnce(scripts)) {
            for (int at : cuts) {
                outcomes.put(at, bench.stream());
            }
            assertThat(bench.server().reqs()).isEqualTo(scripts.length);
        }
        return new Cuts(transcript, outcomes);
    }

    /** Each cut was a proper end of the body, so the last block counts when its data is whole. */
    void assertEnded() {
        outcomes.forEach(this::assertEnded);
    }

    /** The body was broken off; whether a last block without its blank line still counts is left to the client. */
    void assertBrokenOff() {
        outcomes.forEach(this::assertBrokenOff);
    }

    private void assertEnded(int at, Outcome<StreamEvent> outcome) {
        int frames = ends.wholeDataBefore(at);
        if (frames == ends.count()) {
            assertWhole(at, outcome);
        } else {
            StreamException error = outcome.error(StreamException.class);
            assertThat(error.kind()).as("cut at %d", at).isEqualTo(StreamException.Kind.INCOMPLETE);
            assertProgress(at, outcome, error, ends.delivered(frames));
        }
    }

    private void assertBrokenOff(int at, Outcome<StreamEvent> outcome) {
        int terminated = ends.terminatedBefore(at);
        if (terminated == ends.count() || outcome.isComplete()) {
            assertThat(ends.wholeDataBefore(at)).as("frames before byte %d", at).isEqualTo(ends.count());
            assertWhole(at, outcome);
        } else if (outcome.error() instanceof OverloadedException error) {
            assertThat(ends.wholeDataBefore(at)).isEqualTo(ends.count());
            assertProgress(at, outcome, error, ends.count() - 1);
        } else {
            StreamException error = outcome.error(StreamException.class);
            assertThat(error.kind()).as("cut at %d", at).isEqualTo(StreamException.Kind.INCOMPLETE);
            int n = outcome.n() == ends.wholeDataBefore(at) ? outcome.n() : terminated;
            assertProgress(at, outcome, error, ends.delivered(n));
        }
    }

    private void assertWhole(int at, Outcome<StreamEvent> outcome) {
        int frames = ends.count();
        if (transcript.isComplete()) {
            assertThat(outcome.isComplete())
                    .as("cut at %d: %s", at, outcome.describe())
                    .isTrue();
            assertThat(outcome.events()).hasSize(frames).last().isInstanceOf(MessageStop.class);
        } else {
            assertProgress(at, outcome, outcome.error(OverloadedException.class), frames - 1);
        }
    }

    private static void assertProgress(int at, Outcome<StreamEvent> outcome, ClaudeException error, int n) {
        assertThat(outcome.n()).as("events before the cut at %d", at).isEqualTo(n);
        long pings = outcome.events().stream().filter(Ping.class::isInstance).count();
        assertThat(error.eventsDelivered()).as("reported at %d", at).isBetween(n - pings, (long) n);
        assertThat(error.partial().map(PartialMessage::text).orElse(""))
                .as("partial text at %d", at)
                .isEqualTo(Expect.text(outcome.events()));
    }

    /** Where the frames of a transcript end, in bytes, and how many of them at its beginning are held back. */
    record Ends(List<Integer> data, List<Integer> blank, int held) {
        static Ends of(Transcripts transcript) {
            List<Integer> data = new ArrayList<>();
            List<Integer> blank = new ArrayList<>();
            String text = transcript.sse();
            for (int end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n", end + 2)) {
                int bytes = text.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
                data.add(bytes);
                blank.add(bytes + 2);
            }
            int held = 1;
            while (text.split("\n\n", -1)[held].startsWith("event: ping")) {
                held++;
            }
            return new Ends(data, blank, held);
        }

        /** How many events a subscriber gets when so many have come. */
        int delivered(int frames) {
            return frames <= held ? 0 : frames;
        }

        int count() {
            return data.size();
        }

        int wholeDataBefore(int at) {
            return (int) data.stream().filter(end -> end <= at).count();
        }

        int terminatedBefore(int at) {
            return (int) blank.stream().filter(end -> end <= at).count();
        }
    }
}
