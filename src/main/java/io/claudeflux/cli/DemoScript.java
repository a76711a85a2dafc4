package io.claudeflux.cli;

import io.claudeflux.message.MessageRequest;
import io.claudeflux.simulator.Reply;
import io.claudeflux.simulator.SimulatedRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What happens in a demo: questions and answers from a file; one stream of every dozen that fails, each kind of failure
 * in turn; and about every fourth that has a setback or two first, which retries heal.
 *
 * @param streams all streams, in order
 */
record DemoScript(List<DemoStream> streams) {
    /** As the client counts them; the official clients say it too. */
    private static final String ATTEMPTS_BEFORE = "x-stainless-retry-count";

    private static final int DOZEN = 12;
    private static final List<Ending> FAILURES =
            List.of(Ending.OVERLOADED_IN_STREAM, Ending.CUT, Ending.OVERLOADED, Ending.REFUSED);

    static DemoScript of(int streams) {
        List<String> lines =
                read("demo.txt").lines().filter(line -> !line.isBlank()).toList();
        int conversations = lines.size() / 2;
        return new DemoScript(IntStream.range(0, streams)
                .mapToObj(index -> {
                    int question = index % conversations * 2;
                    Ending ending = ending(index);
                    List<Setback> setbacks = ending == Ending.COMPLETE ? setbacks(index) : List.of();
                    return new DemoStream(index, lines.get(question), lines.get(question + 1), setbacks, ending);
                })
                .toList());
    }

    private static Ending ending(int index) {
        int dozen = index / DOZEN;
        boolean fails = index % DOZEN == (5 * dozen + 3) % DOZEN;
        return fails ? FAILURES.get(dozen % FAILURES.size()) : Ending.COMPLETE;
    }

    private static List<Setback> setbacks(int index) {
        Setback[] kinds = Setback.values();
        int which = index / 4;
        Setback first = kinds[which % kinds.length];
        Setback second = kinds[(which + 2) % kinds.length];
        if (index % 4 != 2) {
            return List.of();
        }
        return which % 4 == 3 ? List.of(first, second) : List.of(first);
    }

    /** A request that is none of the streams. */
    static MessageRequest warmUp() {
        return MessageRequest.builder()
                .model(Ask.DEFAULT_MODEL)
                .maxTokens(16)
                .user("Are you there?")
                .build();
    }

    /** Plays the simulator's part. */
    Reply reply(SimulatedRequest request) {
        return request.header(DemoStream.HEADER)
                .map(index -> streams.get(Integer.parseInt(index)).reply(attemptsBefore(request)))
                .orElseGet(() -> Reply.reply("Yes."));
    }

    private static int attemptsBefore(SimulatedRequest request) {
        return request.header(ATTEMPTS_BEFORE).map(Integer::parseInt).orElse(0);
    }

    /** How many have a setback and complete all the same. */
    long healed() {
        return streams.stream().filter(stream -> !stream.setbacks().isEmpty()).count();
    }

    long failures() {
        return streams.stream()
                .filter(stream -> stream.ending() != Ending.COMPLETE)
                .count();
    }

    /** What did not go by the script. */
    List<String> surprises(Board board) {
        return streams.stream()
                .map(stream -> stream.surprise(board.lines().get(stream.index())))
                .flatMap(Optional::stream)
                .toList();
    }

    private static String read(String name) {
        try (InputStream file = Objects.requireNonNull(DemoScript.class.getResourceAsStream(name), name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
