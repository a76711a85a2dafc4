package io.claudeflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.catalog.ModelInfo;
import io.claudeflux.message.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LearntModelsTests {
    private final LearntModels learnt = new LearntModels();

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

    private static ModelInfo model(String id) {
        return Json.of(Map.of("id", id)).as(ModelInfo.class);
    }
}
