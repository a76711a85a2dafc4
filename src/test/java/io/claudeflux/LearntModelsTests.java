package io.claudeflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.catalog.ModelInfo;
import io.claudeflux.message.Json;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LearntModelsTests {
    private final MovingClock clock = new MovingClock();
    private final LearntModels learnt = new LearntModels(clock);

    @Test
    void whatIsOldIsNotBelievedAnyMore() {
        learnt.learn("m", model("m"));

        clock.now = clock.now.plus(LearntModels.BELIEVED);
        assertThat(learnt.of("m")).isNotNull();
        clock.now = clock.now.plusSeconds(1);
        assertThat(learnt.of("m")).isNull();

        learnt.learn("m", model("m"));
        assertThat(learnt.of("m")).isNotNull();
    }

    @Test
    void theNewestAreKept() {
        for (int i = 0; i < LearntModels.MOST; i++) {
            learnt.learn("m" + i, model("m" + i));
        }
        learnt.learn("m0", model("again"));
        learnt.learn("one more", model("one more"));

        assertThat(learnt.of("m0")).isEqualTo(model("again"));
        assertThat(learnt.of("m1")).isNull();
        assertThat(learnt.of("m2")).isNotNull();
        assertThat(learnt.of("one more")).isNotNull();
    }

    private static final class MovingClock extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private static ModelInfo model(String id) {
        return Json.of(Map.of("id", id)).as(ModelInfo.class);
    }
}
