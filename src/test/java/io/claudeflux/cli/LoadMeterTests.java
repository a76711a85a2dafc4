package io.claudeflux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.cli.LoadState.Counts;
import io.claudeflux.cli.LoadState.FirstEvents;
import io.claudeflux.stream.Ping;
import io.claudeflux.stream.StreamEvent;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

class LoadMeterTests {
    private static final Duration WAIT = Duration.ofSeconds(5);

    @Test
    void percentilesAreThoseOfTheStreamsThatHaveBegun() {
        LoadMeter meter = new LoadMeter(500, 500);
        assertThat(meter.firstEvents()).isEqualTo(new FirstEvents(0, 0));

        for (int i = 200; i > 0; i--) {
            meter.opened(i);
        }

        assertThat(meter.firstEvents()).isEqualTo(new FirstEvents(100, 198));
    }

    @Test
    void consumersAreCountedByHowTheyEnd() {
        LoadMeter meter = new LoadMeter(4, 3);
        Sinks.Many<StreamEvent> events = Sinks.many().multicast().directBestEffort();
        LoadStream stopped = LoadStream.stoppingAfter(1, meter);
        events.asFlux().subscribe(LoadStream.eager(meter));
        events.asFlux().subscribe(stopped);

        events.tryEmitNext(new Ping());
        events.tryEmitNext(new Ping());
        assertThat(meter.counts()).isEqualTo(new Counts(2, 2, 0, 0, 0, 3));
        stopped.cancel();
        events.tryEmitComplete();

        assertThat(meter.counts()).isEqualTo(new Counts(0, 2, 1, 0, 1, 3));
    }

    @Test
    void itIsOverWhenAllHaveEndedThatEndByThemselves() {
        LoadMeter meter = new LoadMeter(3, 2);

        meter.allEnded()
                .as(StepVerifier::create)
                .then(meter::completed)
                .expectNoEvent(Duration.ofMillis(20))
                .then(() -> meter.failed(Failures.cut()))
                .expectComplete()
                .verify(WAIT);
        assertThat(meter.complaints()).isEqualTo(Map.of("cut off before message_stop", 1));
    }

    @Test
    void whatFailedIsNotWaitedFor() {
        LoadMeter meter = new LoadMeter(2, 2);

        meter.opened(1);
        assertThat(meter.isFull(2)).isFalse();
        meter.failed(Failures.overloaded());

        assertThat(meter.isFull(2)).isTrue();
    }
}
