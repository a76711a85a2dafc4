package io.claudeflux.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.ConfigurationException;
import io.claudeflux.message.ResponseMetadata;
import io.claudeflux.message.UsageReport;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ProgressTests {
    private final Progress progress =
            new Progress(new ResponseMetadata(200, Map.of("request-id", List.of("req_t"))), 1_000);

    @Test
    void nothingIsKnownBeforeTheMessageBegins() {
        assertThat(progress.partial()).isNull();
        assertThat(progress.usage()).isNull();
    }

    @Test
    void aFailureLearnsWhatHadArrived() {
        EventWords.events("MS BS0 D0").forEach(progress::arrived);
        ClaudeException error = progress.enrich(new ConfigurationException("a", "s", null));
        assertThat(error.requestId()).contains("req_t");
        assertThat(error.partial().orElseThrow().message().id()).isEqualTo("msg_1");
        assertThat(error.partial().orElseThrow().openBlocks()).containsExactly(0);
    }

    @Test
    void usageIsEstimatedUntilTheServerHasCounted() {
        EventWords.events("MS BS0 D0").forEach(progress::arrived);
        assertThat(usage().isExact()).isFalse();
        EventWords.events("BE0 MD").forEach(progress::arrived);
        assertThat(usage().isExact()).isTrue();
    }

    private UsageReport usage() {
        return Objects.requireNonNull(progress.usage());
    }
}
