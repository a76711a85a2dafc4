package io.claudeflux.bench;

import io.claudeflux.message.Json;
import io.claudeflux.message.Message;
import io.claudeflux.message.Role;
import io.claudeflux.message.TextBlock;
import io.claudeflux.message.Usage;
import io.claudeflux.stream.ContentBlockDelta;
import io.claudeflux.stream.ContentBlockStart;
import io.claudeflux.stream.ContentBlockStop;
import io.claudeflux.stream.MessageAccumulator;
import io.claudeflux.stream.MessageStart;
import io.claudeflux.stream.MessageStop;
import io.claudeflux.stream.StreamEvent;
import io.claudeflux.stream.TextDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The fold is linear: ten times the deltas cost ten times the time. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class AccumulatorBenchmark {
    @Param({"100", "1000", "10000"})
    int deltas;

    private final List<StreamEvent> events = new ArrayList<>();

    @Setup
    public void write() {
        events.add(new MessageStart(new Message(
                "msg_1",
                Role.ASSISTANT,
                "claude-test",
                List.of(),
                null,
                null,
                null,
                null,
                null,
                Usage.of(1, 1),
                Json.emptyObject())));
        events.add(new ContentBlockStart(0, new TextBlock("")));
        for (int i = 0; i < deltas; i++) {
            events.add(new ContentBlockDelta(0, new TextDelta("token " + i)));
        }
        events.add(new ContentBlockStop(0));
        events.add(new MessageStop());
    }

    @Benchmark
    public Message fold() {
        MessageAccumulator accumulator = new MessageAccumulator();
        events.forEach(accumulator::add);
        return accumulator.message();
    }
}
