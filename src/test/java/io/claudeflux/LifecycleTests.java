package io.claudeflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.error.AdmissionException;
import io.claudeflux.fixture.HookProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The waits between two attempts and the end of their client: each wait has one end. */
class LifecycleTests {
    private static final Duration WAIT = Duration.ofSeconds(1);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final Lifecycle lifecycle = new Lifecycle(time);
    private final List<Object> heard = new ArrayList<>();

    @AfterEach
    void stop() {
        time.dispose();
    }

    @Test
    void aWaitThatIsOverIsNotEndedAgainByAClose() {
        try (HookProbe hooks = HookProbe.install()) {
            lifecycle
                    .pause(WAIT)
                    .subscribe(
                            over -> {
                                heard.add(over);
                                lifecycle.close();
                            },
                            heard::add);
            time.advanceTimeBy(WAIT);
            assertThat(heard).containsExactly(0L);
            hooks.assertNothingDropped();
            assertThat(hooks.operatorErrors()).isZero();
        }
    }

    @Test
    void aCloseEndsEveryWaitOnceAndRefusesNewOnes() {
        try (HookProbe hooks = HookProbe.install()) {
            lifecycle.pause(WAIT).subscribe(heard::add, heard::add);
            lifecycle.pause(WAIT).subscribe(heard::add, heard::add);
            lifecycle.close();
            lifecycle.close();
            time.advanceTimeBy(WAIT.multipliedBy(2));
            lifecycle.pause(WAIT).subscribe(heard::add, heard::add);
            assertThat(heard).hasSize(3).allMatch(AdmissionException.class::isInstance);
            hooks.assertNothingDropped();
            assertThat(hooks.operatorErrors()).isZero();
        }
    }

    @Test
    void aTimerThatTakesNothingMoreMeansClosed() {
        Lifecycle late = new Lifecycle(Schedulers.fromExecutor(task -> {
            throw new java.util.concurrent.RejectedExecutionException();
        }));
        late.pause(WAIT).subscribe(heard::add, heard::add);
        assertThat(heard).singleElement().isInstanceOf(AdmissionException.class);
    }
}
