package io.claudeflux.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.catalog.UsageTotals.Kind;
import io.claudeflux.message.Json;
import io.claudeflux.message.ServiceTier;
import io.claudeflux.message.Speed;
import io.claudeflux.message.Usage;
import io.claudeflux.message.UsageReport;
import org.junit.jupiter.api.Test;

class UsageTotalsTests {
    private static final String MODEL = "claude-sonnet-5-5";

    @Test
    void everyCounterIsKeptApart() {
        UsageTotals one = of("""
                {"input_tokens": 1, "output_tokens": 20, "cache_creation_input_tokens": 600,
                 "cache_read_input_tokens": 4000, "cache_creation": {"ephemeral_5m_input_tokens": 100,
                 "ephemeral_1h_input_tokens": 500}, "output_tokens_details": {"thinking_tokens": 7},
                 "server_tool_use": {"web_search_requests": 2, "web_fetch_requests": 3},
                 "service_tier": "standard", "speed": "fast"}""", true);

        assertThat(one.rows()).containsOnlyKeys(new Kind(MODEL, ServiceTier.of("standard"), Speed.of("fast")));
        assertThat(one.total()).isEqualTo(new Counters(1, 0, 0, 1, 100, 500, 4000, 20, 7, 0, 2, 3));
        assertThat(one.total().totalInputTokens()).isEqualTo(4601);
        assertThat(one.total().isExact()).isTrue();
    }

    @Test
    void cacheWritesWithoutALifeAreThoseOfFiveMinutes() {
        assertThat(of("{\"cache_creation_input_tokens\": 10}", true).total().cacheWrite5mTokens())
                .isEqualTo(10);
        assertThat(of("""
                        {"cache_creation_input_tokens": 10,
                         "cache_creation": {"ephemeral_5m_input_tokens": 2, "ephemeral_1h_input_tokens": 3}}""", true).total())
                .returns(7L, Counters::cacheWrite5mTokens)
                .returns(3L, Counters::cacheWrite1hTokens);
    }

    @Test
    void whatIsEstimatedIsMarkedAsSuch() {
        UsageTotals both = of("{\"output_tokens\": 5}", true).plus(of("{\"output_tokens\": 7}", false));

        assertThat(both.total())
                .returns(2L, Counters::answers)
                .returns(1L, Counters::estimated)
                .returns(12L, Counters::outputTokens)
                .returns(7L, Counters::estimatedOutputTokens)
                .returns(false, Counters::isExact);
        assertThat(UsageTotals.untold(MODEL).total())
                .returns(1L, Counters::untold)
                .returns(0L, Counters::answers)
                .returns(false, Counters::isExact);
    }

    @Test
    void sumsAreByModelTierAndSpeed() {
        UsageTotals sum = of("{\"input_tokens\": 1, \"service_tier\": \"batch\"}", true)
                .plus(of("{\"input_tokens\": 2, \"service_tier\": \"standard\"}", true))
                .plus(of("{\"input_tokens\": 4, \"service_tier\": \"batch\"}", true))
                .plus(UsageTotals.of("other", new UsageReport(Usage.of(8, 0), true)));

        assertThat(sum.rows()).hasSize(3);
        assertThat(sum.models()).containsExactly(MODEL, "other");
        assertThat(sum.ofModel(MODEL).inputTokens()).isEqualTo(7);
        assertThat(sum.ofModel("none")).isEqualTo(Counters.ZERO);
        assertThat(sum.total().inputTokens()).isEqualTo(15);
        assertThat(sum.plus(UsageTotals.none())).isSameAs(sum);
        assertThat(UsageTotals.none().plus(sum)).isSameAs(sum);
    }

    @Test
    void stepsThatTheCountersLeaveOutAreAdded() {
        UsageTotals sum = of("""
                {"input_tokens": 10, "output_tokens": 5, "iterations": [
                  {"type": "message", "model": null, "input_tokens": 10, "output_tokens": 5},
                  {"type": "compaction", "input_tokens": 1000, "output_tokens": 100},
                  {"type": "advisor_message", "model": "advisor", "input_tokens": 300, "output_tokens": 30},
                  {"type": "new_step", "input_tokens": 1}, 7]}""", true);

        assertThat(sum.ofModel(MODEL))
                .returns(1L, Counters::answers)
                .returns(1010L, Counters::inputTokens)
                .returns(105L, Counters::outputTokens);
        assertThat(sum.ofModel("advisor"))
                .returns(0L, Counters::answers)
                .returns(300L, Counters::inputTokens)
                .returns(30L, Counters::outputTokens);
    }

    private static UsageTotals of(String usage, boolean isExact) {
        return UsageTotals.of(MODEL, new UsageReport(Json.parse(usage).as(Usage.class), isExact));
    }
}
