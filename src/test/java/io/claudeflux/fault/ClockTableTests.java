package io.claudeflux.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.CallListener;
import io.claudeflux.CallListener.End;
import io.claudeflux.error.AdmissionException;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.ClockException;
import io.claudeflux.error.ClockException.Clock;
import io.claudeflux.error.NotRetried;
import io.claudeflux.error.OverloadedException;
import io.claudeflux.fixture.Await;
import io.claudeflux.fixture.HookProbe;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.message.Message;
import io.claudeflux.message.PartialMessage;
import io.claudeflux.stream.Ping;
import io.claudeflux.stream.StreamEvent;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each clock against each phase in which a call can hang: it ends those that are its own, in time and with all that is
 * known, and leaves the others alone. All other clocks are long, so that whatever ends a call early is the one in
 * question. The calls of one table hang at the same time.
 */
@Timeout(120)
@ParameterizedClass(name = "the {0} clock")
@EnumSource(Clock.class)
class ClockTableTests {
    static final Duration LIMIT = Duration.ofMillis(300);
    /** The first is the promise; the second is for machines that do many things at once. */
    private static final Duration LATEST = Duration.ofMillis(375).plusMillis(150);

    private static final Duration GAP = Duration.ofMillis(20);
    private static final Duration CLOSE = Duration.ofMillis(100);

    @SuppressWarnings("NullAway.Init")
    private static HookProbe hooks;

    private final Clock clock;

    ClockTableTests(Clock clock) {
        this.clock = clock;
    }

    /** Classes are loaded and threads started, so that the clocks are measured and not those. */
    @BeforeAll
    static void warmUp() {
        hooks = HookProbe.install();
        for (HangPhase phase : HangPhase.values()) {
            try (Hang hang = Hang.start(phase, Clock.TOTAL, Duration.ofMillis(50), false)) {
                hang.recorder().outcome(Duration.ofSeconds(5));
            }
        }
    }

    @AfterAll
    static void nothingWasDropped() {
        try (HookProbe probe = hooks) {
            probe.assertNothingDropped();
        }
    }

    @TestFactory
    Stream<DynamicTest> ofTheClient() {
        return table(false);
    }

    @TestFactory
    Stream<DynamicTest> ofTheRequest() {
        return table(true);
    }

    private Stream<DynamicTest> table(boolean perRequest) {
        return Arrays.stream(HangPhase.values())
                .sorted(Comparator.comparing(phase -> phase != HangPhase.UPLOAD_NOT_READ)) // the one that takes long
                .map(phase -> start(phase, perRequest))
                .toList()
                .stream()
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> check(row)));
    }

    private Row start(HangPhase phase, boolean perRequest) {
        Hang hang = Hang.start(phase, clock, LIMIT, perRequest);
        Await.elapse(GAP);
        return new Row(phase, hang);
    }

    private record Row(HangPhase phase, Hang hang) {
        String name() {
            return phase.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    private void check(Row row) throws InterruptedException {
        try (Hang hang = row.hang()) {
            if (row.phase().isEndedBy(clock)) {
                fires(row.phase(), hang);
            } else if (clock == Clock.TOTAL) {
                endsOtherwise(row.phase(), hang);
            } else {
                staysOut(row.phase(), hang);
            }
            assertNextCallWorks(hang);
        }
    }

    private void fires(HangPhase phase, Hang hang) throws InterruptedException {
        Outcome<StreamEvent> outcome = hang.recorder().outcome(Duration.ofSeconds(5));
        ClaudeException error = outcome.error(ClaudeException.class);
        assertClock(error);
        assertInTime(hang, outcome);
        assertThat(error.attempts()).as("attempts").isEqualTo(phase.attempts());
        assertThat(error.eventsDelivered()).as("events").isEqualTo(phase.events());
        assertThat(outcome.events().stream().filter(e -> !(e instanceof Ping))).hasSize(phase.events());
        assertThat(error.isAmbiguous()).as("ambiguous").isEqualTo(phase.isUnanswered());
        assertThat(error.requestId().isPresent()).as("request id").isEqualTo(phase.hasGoodHead());
        assertProgress(phase, error);
        assertEnd(hang, CallListener.Outcome.FAILED, phase);
        assertThat(hang.ends().get(0).failure()).containsSame(error);
        assertThat(hang.ends().get(0).usage()).isEqualTo(error.usage());
        assertClosed(hang, outcome.elapsed());
    }

    private void assertClock(ClaudeException error) {
        if (clock == Clock.QUEUE) {
            assertThat(error).isInstanceOf(AdmissionException.class).hasMessageContaining("limit of 300 ms");
            assertThat(((AdmissionException) error).reason()).isEqualTo(AdmissionException.Reason.QUEUE_TIMEOUT);
            return;
        }
        assertThat(error).isInstanceOf(ClockException.class).hasMessageContaining("300 ms");
        assertThat(((ClockException) error).clock()).isEqualTo(clock);
        assertThat(((ClockException) error).limit()).isEqualTo(LIMIT);
    }

    private void assertInTime(Hang hang, Outcome<StreamEvent> outcome) {
        Duration silence = clock == Clock.TOTAL ? Duration.ZERO : hang.untilSilence();
        assertThat(outcome.elapsed().minus(silence)).as("fired").isBetween(LIMIT, LATEST);
    }

    private static void assertProgress(HangPhase phase, ClaudeException error) {
        assertThat(error.partial().isPresent()).as("partial").isEqualTo(phase.hasMessageStart());
        error.partial()
                .map(PartialMessage::text)
                .ifPresent(text -> assertThat(text).isEqualTo(phase.events() > 0 ? HangPhase.TEXT : ""));
        error.usage().ifPresent(usage -> {
            assertThat(usage.isExact()).isFalse();
            assertThat(usage.usage().inputTokens()).isEqualTo(10);
        });
    }

    /** A call that the total clock does not fail: its answer is whole, or its retry would come too late. */
    private void endsOtherwise(HangPhase phase, Hang hang) throws InterruptedException {
        Outcome<StreamEvent> outcome = hang.recorder().outcome(Duration.ofSeconds(5));
        assertThat(outcome.elapsed()).isLessThanOrEqualTo(LATEST);
        if (phase == HangPhase.SILENCE_BEHIND_MESSAGE_STOP) {
            assertThat(outcome.isComplete()).as(outcome.describe()).isTrue();
            assertThat(outcome.elapsed()).isGreaterThanOrEqualTo(LIMIT);
            assertEnd(hang, CallListener.Outcome.COMPLETED, phase);
            assertThat(hang.ends().get(0).usage())
                    .hasValueSatisfying(usage -> assertThat(usage.isExact()).isTrue());
            assertClosed(hang, outcome.elapsed());
        } else {
            assertThat(outcome.error(OverloadedException.class).notRetried()).contains(NotRetried.DEADLINE);
            assertThat(outcome.elapsed()).isLessThan(LIMIT);
            assertEnd(hang, CallListener.Outcome.FAILED, phase);
        }
    }

    private void staysOut(HangPhase phase, Hang hang) throws InterruptedException {
        if (phase == HangPhase.SILENCE_BEHIND_MESSAGE_STOP) {
            Outcome<StreamEvent> outcome = hang.recorder().outcome(Duration.ofSeconds(5));
            assertThat(outcome.isComplete()).as(outcome.describe()).isTrue();
            assertThat(outcome.elapsed()).isGreaterThan(LIMIT.multipliedBy(3));
            assertEnd(hang, CallListener.Outcome.COMPLETED, phase);
            return;
        }
        Duration left = LIMIT.multipliedBy(3).minus(hang.sinceSubscription());
        Await.until(left, hang.recorder()::hasEnded);
        assertThat(hang.recorder().hasEnded())
                .as("ended by %s", hang.recorder().error())
                .isFalse();
        assertThat(hang.ends()).isEmpty();
        Duration cancelled = hang.sinceSubscription();
        hang.recorder().cancel();
        assertThat(hang.recorder().terminals()).isZero();
        assertEnd(hang, CallListener.Outcome.CANCELLED, phase);
        assertClosed(hang, cancelled);
    }

    private static void assertEnd(Hang hang, CallListener.Outcome outcome, HangPhase phase) {
        assertThat(hang.ends()).hasSize(1);
        End end = hang.ends().get(0);
        assertThat(end.outcome()).isEqualTo(outcome);
        assertThat(end.attempts()).isEqualTo(phase.attempts());
        assertThat(end.eventsDelivered()).isEqualTo(phase.events());
        assertThat(end.usage().isPresent()).isEqualTo(phase.hasMessageStart());
    }

    private void assertClosed(Hang hang, Duration ended) throws InterruptedException {
        Duration closed = hang.awaitClose();
        if (closed != null) {
            assertThat(closed.minus(ended)).as("from the end to the close").isLessThanOrEqualTo(CLOSE);
        }
    }

    private static void assertNextCallWorks(Hang hang) {
        Outcome<Message> next = hang.next(LIMIT);
        if (hang.canAnswer()) {
            assertThat(next.isComplete()).as(next.describe()).isTrue();
        } else {
            assertThat(next.error(ClockException.class).clock()).isEqualTo(Clock.CONNECT);
        }
    }
}
