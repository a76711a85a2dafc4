package io.claudeflux.fault;

import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.errorJson;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Frames.ping;
import static io.claudeflux.fixture.Script.onConnect;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.await;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.hang;
import static io.claudeflux.fixture.Steps.head;
import static io.claudeflux.fixture.Steps.json;
import static io.claudeflux.fixture.Steps.read;

import io.claudeflux.error.ClockException.Clock;
import io.claudeflux.fixture.Await;
import io.claudeflux.fixture.Gate;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.Step;
import java.time.Duration;
import java.util.Set;

/** Where a call can hang, and which clocks are there to end it; the total clock always is, unless said otherwise. */
enum HangPhase {
    /** The only permit is taken. */
    WAITING_FOR_A_PERMIT(0, 0, Clock.QUEUE, Clock.TOTAL),
    /** The supplier of the key does not answer; it has a limit of its own. */
    WAITING_FOR_THE_KEY(1, 0, Clock.TOTAL),
    NOBODY_ACCEPTS(1, 0, Clock.CONNECT, Clock.TOTAL),
    TLS_HANDSHAKE_SILENT(1, 0, Clock.CONNECT, Clock.TOTAL),
    REQUEST_READ_AND_SILENCE(1, 0, Clock.FIRST_BYTE, Clock.TOTAL),
    REQUEST_NOT_READ(1, 0, Clock.FIRST_BYTE, Clock.TOTAL),
    /** 8 MiB, for which the first-byte clock has 256 s more. */
    UPLOAD_NOT_READ(1, 0, Clock.TOTAL),
    /** The body of an error has a limit of its own. */
    ERROR_HEAD_AND_SILENCE(1, 0, Clock.TOTAL),
    HEAD_AND_SILENCE(1, 0, Clock.IDLE, Clock.PROGRESS, Clock.TOTAL),
    SILENCE_BEHIND_MESSAGE_START(1, 0, Clock.IDLE, Clock.PROGRESS, Clock.TOTAL),
    SILENCE_IN_TEXT(1, 3, Clock.IDLE, Clock.PROGRESS, Clock.TOTAL),
    PINGS_BEHIND_TEXT(1, 3, Clock.PROGRESS, Clock.TOTAL),
    ONLY_PINGS(1, 0, Clock.PROGRESS, Clock.TOTAL),
    /** The answer is whole: the call completes when the body has not ended within 1 s, or the total clock is up. */
    SILENCE_BEHIND_MESSAGE_STOP(1, 6),
    /** A wait that would pass the total clock is not begun. */
    BACKOFF(1, 0);

    static final String TEXT = "hi";
    private static final Duration PING_GAP = Duration.ofMillis(50);

    private final int attempts;
    private final int events;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of is
    private final Set<Clock> clocks;

    HangPhase(int attempts, int events, Clock... clocks) {
        this.attempts = attempts;
        this.events = events;
        this.clocks = Set.of(clocks);
    }

    int attempts() {
        return attempts;
    }

    /** How many events, pings apart, the subscriber has when the call hangs. */
    int events() {
        return events;
    }

    boolean isEndedBy(Clock clock) {
        return clocks.contains(clock);
    }

    boolean hasMessageStart() {
        return events > 0 || this == SILENCE_BEHIND_MESSAGE_START;
    }

    boolean hasGoodHead() {
        return switch (this) {
            case HEAD_AND_SILENCE, ONLY_PINGS -> true;
            default -> hasMessageStart();
        };
    }

    /** Whether the request is out and nothing came back. */
    boolean isUnanswered() {
        return isUnread() || this == REQUEST_READ_AND_SILENCE;
    }

    boolean isUnread() {
        return this == REQUEST_NOT_READ || this == UPLOAD_NOT_READ;
    }

    /**
     * What the server does about the call.
     *
     * @param mark to be run when the silence begins
     * @param read opened when the test wants the server to read after all
     */
    Script script(Step mark, Gate read) {
        return switch (this) {
            case REQUEST_NOT_READ, UPLOAD_NOT_READ -> onConnect(await(read), read());
            case ERROR_HEAD_AND_SILENCE -> reply(mark, head(529, "content-length: 100"), hang());
            case HEAD_AND_SILENCE -> reply(mark, h200(), hang());
            case SILENCE_BEHIND_MESSAGE_START -> reply(h200(), mark, chunk(ms()), hang());
            case SILENCE_IN_TEXT, WAITING_FOR_A_PERMIT -> reply(h200(), chunk(ms()), mark, text(), hang());
            case PINGS_BEHIND_TEXT -> reply(h200(), chunk(ms()), mark, text(), pings(), hang());
            case ONLY_PINGS -> reply(mark, h200(), pings(), hang());
            case SILENCE_BEHIND_MESSAGE_STOP -> reply(h200(), mark, chunk(good(TEXT)), hang());
            case BACKOFF -> reply(mark, json(529, errorJson("overloaded_error", "busy")));
            default -> reply(hang());
        };
    }

    private static Step text() {
        return chunk(bs(0) + d(0, TEXT));
    }

    /** A ping every 50 ms until the peer goes away. */
    static Step pings() {
        Step ping = chunk(ping());
        return connection -> {
            while (!connection.isPeerClosed()) {
                ping.run(connection);
                Await.elapse(PING_GAP);
            }
        };
    }
}
