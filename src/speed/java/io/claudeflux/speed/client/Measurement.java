package io.claudeflux.speed.client;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.claudeflux.speed.answer.Answer;
import io.claudeflux.speed.answer.AnswerName;
import io.claudeflux.speed.answer.AnswerName.Kind;
import io.claudeflux.speed.answer.Stamp;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** One measurement of one client: opens the streams, lets them warm up, and looks at what a window of time took. */
final class Measurement {
    private static final String FLOOR = "floor";
    private static final int FEW = 10;
    private static final long SETTLE_MILLIS = 1_000;
    private static final long LOOK_MILLIS = 50;
    private static final int PATIENCE = 20;
    private static final double IN_TIME = 0.97;
    /** A client that has little to do needs little warmth. */
    private static final long WARM_STRETCH = 2;

    private final Load load;
    private final Expected expected;
    private final OpenStreams streams;
    private final @Nullable Histogram ages;

    Measurement(Load load) {
        this.load = load;
        this.expected = Expected.of(Answer.of(load.answer()));
        boolean isFloor = load.client().equals(FLOOR);
        this.streams = new OpenStreams(
                ClientName.make(load.client(), load.baseUrl(), load.streams()), load, expected, isFloor);
        this.ages = load.answer().kind().isStamped() ? new AtomicHistogram(TimeUnit.MINUTES.toNanos(1), 3) : null;
    }

    Map<String, Double> run() {
        Map<String, Double> values = new TreeMap<>();
        long heapOfFew = load.answer().kind() == Kind.PACED ? heapOfFew() : 0;
        streams.openUpTo(load.streams(), ages);
        seeOneStart();
        letRun(load.warmUpMillis(), WARM_STRETCH);
        if (ages != null) {
            ages.reset();
        }
        Recorded recording = Recorded.ifWanted();
        Meter start = Meter.read(streams);
        letRun(load.windowMillis(), Load.STRETCH);
        Meter used = Meter.read(streams).since(start);
        recording.end();
        costs(used, values);
        values.put("threads", (double) Meter.threads());
        if (load.answer().kind() == Kind.PACED) {
            values.put("heapPerStream", (double) (Meter.heap() - heapOfFew) / (load.streams() - FEW));
        } else {
            seeOneEnd();
        }
        values.put("streamsChecked", (double) streams.ended());
        return values;
    }

    /**
     * For so long of CPU time, so that a busy machine lengthens what it slows down; where little is to do, by the
     * clock.
     */
    private void letRun(int millis, long stretch) {
        if (load.answer().kind().isStamped()) {
            streams.run(millis);
            return;
        }
        Meter start = Meter.read(streams);
        Meter used = start.since(start);
        while (used.cpu() < MILLISECONDS.toNanos(millis) && used.wall() < MILLISECONDS.toNanos(stretch * millis)) {
            streams.run(LOOK_MILLIS);
            used = Meter.read(streams).since(start);
        }
    }

    /** With a few streams open, so that what the client needs once is not put down to the many. */
    private long heapOfFew() {
        streams.openUpTo(FEW, ages);
        streams.run(SETTLE_MILLIS);
        return Meter.heap();
    }

    private void costs(Meter used, Map<String, Double> values) {
        double events = used.count() * eventsPerUnit();
        double bytes = events * bytesPerEvent();
        AnswerName answer = load.answer();
        double seconds = used.wall() / 1e9;
        if (answer.kind() == Kind.PACED && events < IN_TIME * answer.rate() * load.streams() * seconds) {
            throw new IllegalStateException("Only " + events + " events came in " + seconds + " s");
        }
        if (used.count() == 0) {
            throw new IllegalStateException("Nothing came in " + seconds + " s");
        }
        values.put("cpuPercent", 100.0 * used.cpu() / used.wall());
        if (ages != null) {
            values.put("p50Micros", ages.getValueAtPercentile(50) / 1e3);
            values.put("p99Micros", ages.getValueAtPercentile(99) / 1e3);
            values.put("samples", (double) ages.getTotalCount());
        }
        if (answer.kind() != Kind.FIRST) {
            values.put("eventsPerSecond", events / seconds);
            values.put("eventsPerCpuSecond", events / (used.cpu() / 1e9));
            values.put("cpuNanosPerEvent", used.cpu() / events);
            values.put("cpuNanosPerByte", used.cpu() / bytes);
            values.put("allocatedPerEvent", used.allocated() / events);
        }
    }

    /** The floor counts bytes, of which an answer has so many; the others count texts. */
    private double eventsPerUnit() {
        boolean isFloor = load.client().equals(FLOOR);
        if (load.answer().kind().isStamped()) {
            return isFloor ? 1.0 / Stamp.length() : 1;
        }
        return (double) load.answer().events() / (isFloor ? expected.bytes() : expected.texts());
    }

    private double bytesPerEvent() {
        return load.answer().kind().isStamped()
                ? Stamp.length()
                : (double) expected.bytes() / load.answer().events();
    }

    /** A large library on a busy machine takes seconds to load, which are no part of the warm-up. */
    private void seeOneStart() {
        for (long waited = 0; streams.count() == 0 && waited < PATIENCE * SETTLE_MILLIS; waited += LOOK_MILLIS) {
            streams.run(LOOK_MILLIS);
        }
    }

    /** Where streams are so long that none has ended yet, waits for one, to be sure that nothing is lost. */
    private void seeOneEnd() {
        for (int i = 0; i < PATIENCE && streams.ended() == 0; i++) {
            streams.run(SETTLE_MILLIS);
        }
        if (streams.ended() == 0) {
            throw new IllegalStateException("No stream has ended");
        }
    }
}
