package io.claudeflux.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class QuotasTests {

    private final Quotas quotas = new Quotas(
            new Quotas.Plan(new Quota.Limits(1, 0, 0), Map.of("claude-haiku-5-5", new Quota.Limits(2, 0, 0)), 0),
            () -> 0L);

    @Test
    void aModelThatIsUsedUpLeavesTheOthersAlone() {
        assertThat(quotas.of("claude-opus-5-5").admit(1)).isEmpty();
        assertThat(quotas.of("claude-opus-5-5").admit(1)).isPresent();

        assertThat(quotas.of("claude-sonnet-5-5").admit(1)).isEmpty();
    }

    @Test
    void aModelWithLimitsOfItsOwnDoesNotHaveTheCommonOnes() {
        assertThat(quotas.of("claude-haiku-5-5").admit(1)).isEmpty();
        assertThat(quotas.of("claude-haiku-5-5").admit(1)).isEmpty();
        assertThat(quotas.of("claude-haiku-5-5").admit(1)).isPresent();
    }

    @Test
    void theDatedVersionsOfAModelShareOneQuota() {
        assertThat(quotas.of("claude-sonnet-5-5-20260901")).isSameAs(quotas.of("claude-sonnet-5-5"));
        assertThat(quotas.of("claude-sonnet-5-5")).isNotSameAs(quotas.of("claude-sonnet-5"));
        assertThat(Quotas.classOf("claude-3-5-sonnet-20241022")).isEqualTo("claude-3-5-sonnet");
        assertThat(Quotas.classOf("claude-opus-4-8")).isEqualTo("claude-opus-4-8");
    }
}
