package io.claudeflux.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.catalog.UsageTotals.Kind;
import io.claudeflux.message.Json;
import io.claudeflux.message.ServiceTier;
import io.claudeflux.message.Usage;
import io.claudeflux.message.UsageReport;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceTableTests {
    private static final PriceTable TABLE = PriceTable.of(Json.parse("""
            {"currency": "EUR", "web_search": "0.01", "multipliers": {"batch": 0.5, "fast": 6}, "note": [],
             "models": {
               "claude-sonnet-5-5": {"input": 3, "output": 15, "cache_write_5m": 3.75, "cache_write_1h": "6.00",
                                     "cache_read": 0.3, "multipliers": {"fast": 2.5}},
               "claude-sonnet-5": {"input": 2, "output": 10},
               "claude-opus-*": {"input": 7, "output": 70},
               "claude-opus-5*": {"input": 5, "output": 25}}}"""));

    @Test
    void costIsExactToTheLastDigit() {
        Cost cost = TABLE.price(of("claude-sonnet-5-5", """
                {"input_tokens": 1, "output_tokens": 1, "cache_read_input_tokens": 1,
                 "cache_creation": {"ephemeral_5m_input_tokens": 1, "ephemeral_1h_input_tokens": 1},
                 "server_tool_use": {"web_search_requests": 3, "web_fetch_requests": 9}}"""));

        assertThat(cost.currency()).isEqualTo("EUR");
        assertThat(cost.total()).isEqualByComparingTo("0.03002805");
        assertThat(cost.byModel()).containsOnlyKeys("claude-sonnet-5-5");
        assertThat(cost.isExact()).isTrue();
    }

    @Test
    void aThousandSumsAreTheirProduct() {
        UsageTotals one = of("claude-sonnet-5-5", "{\"input_tokens\": 333333, \"output_tokens\": 1}");
        UsageTotals sum = UsageTotals.none();
        for (int i = 0; i < 1_000; i++) {
            sum = sum.plus(one);
        }
        assertThat(TABLE.price(sum).total())
                .isEqualByComparingTo(TABLE.price(one).total().multiply(BigDecimal.valueOf(1_000)));
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"input_tokens\": 1000000, \"service_tier\": \"standard\", \"speed\": \"standard\"}', 3",
        "'{\"input_tokens\": 1000000, \"service_tier\": \"batch\"}', 1.5",
        "'{\"input_tokens\": 1000000, \"speed\": \"fast\"}', 7.5",
        "'{\"input_tokens\": 1000000, \"service_tier\": \"batch\", \"speed\": \"fast\"}', 3.75",
        "'{\"server_tool_use\": {\"web_search_requests\": 100}, \"service_tier\": \"batch\"}', 1"
    })
    void factorsMultiplyThePricesOfTokens(String usage, String cost) {
        assertThat(TABLE.price(of("claude-sonnet-5-5", usage)).total()).isEqualByComparingTo(cost);
    }

    @ParameterizedTest
    @CsvSource({
        "claude-sonnet-5-5, 3",
        "claude-sonnet-5-5-20260901, 3",
        "claude-sonnet-5-5@20260901, 3",
        "claude-sonnet-5, 2",
        "claude-opus-5-5, 5",
        "claude-opus-4-8, 7",
        "claude-sonnet-5-6, ",
        "claude-haiku-4-5, ",
        "anthropic.claude-sonnet-5-5, "
    })
    void anEntryIsFoundByIdBySnapshotAndByBeginning(String model, String input) {
        assertThat(TABLE.pricesOf(model)
                        .map(ModelPrices::input)
                        .map(BigDecimal::toPlainString)
                        .orElse(null))
                .isEqualTo(input);
    }

    @Test
    void whatHasNoPriceIsNamedAndNotFree() {
        UsageTotals totals = of("claude-haiku-4-5", "{\"input_tokens\": 5}")
                .plus(of("claude-sonnet-5", "{\"input_tokens\": 1000000}"))
                .plus(of("claude-sonnet-5", "{\"input_tokens\": 1, \"service_tier\": \"priority\"}"))
                .plus(of("claude-opus-5-5", "{\"cache_read_input_tokens\": 5}"));

        Cost cost = TABLE.price(totals);

        assertThat(cost.total()).isEqualByComparingTo("2");
        assertThat(cost.unpriced())
                .containsExactly(
                        new Kind("claude-haiku-4-5", null, null),
                        new Kind("claude-sonnet-5", ServiceTier.PRIORITY, null),
                        new Kind("claude-opus-5-5", null, null));
        assertThat(cost.isExact()).isFalse();
    }

    @Test
    void anEstimateIsSaidToBeOne() {
        UsageTotals broken = UsageTotals.of("claude-sonnet-5", new UsageReport(Usage.of(1_000_000, 0), false));
        assertThat(TABLE.price(broken).isExact()).isFalse();
        assertThat(TABLE.price(broken).total()).isEqualByComparingTo("2");
        assertThat(TABLE.price(UsageTotals.none()))
                .returns(BigDecimal.ZERO, Cost::total)
                .returns(true, Cost::isExact);
    }

    @Test
    void aBuilderMakesTheSameTable() {
        PriceTable built = PriceTable.builder()
                .currency("EUR")
                .webSearch("0.01")
                .multiplier("batch", "0.5")
                .model(
                        "claude-sonnet-5-5",
                        ModelPrices.of("3", "15")
                                .withCache("3.75", "6", "0.3")
                                .withMultipliers(Map.of("fast", new BigDecimal("2.5"))))
                .build();
        UsageTotals totals = of("claude-sonnet-5-5", """
                {"input_tokens": 7, "output_tokens": 11, "cache_read_input_tokens": 13,
                 "cache_creation_input_tokens": 17, "speed": "fast", "service_tier": "batch",
                 "server_tool_use": {"web_search_requests": 1}}""");

        assertThat(built.price(totals)).isEqualTo(TABLE.price(totals));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"models\": {\"m\": {\"input\": -1}}}",
                "{\"models\": {\"m\": {\"input\": \"three\"}}}",
                "{\"models\": {\"m\": {\"input\": true}}}",
                "{\"models\": {\"m\": {\"multipliers\": {\"batch\": -0.5}}}}",
                "{\"web_search\": []}",
                "[]"
            })
    void aPriceThatIsNoneIsRefused(String table) {
        assertThatThrownBy(() -> PriceTable.of(Json.parse(table))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTextThatIsNoPriceIsNamed() {
        assertThatThrownBy(() -> ModelPrices.of("3", "2,5"))
                .isInstanceOf(NumberFormatException.class)
                .hasMessage("output must be a decimal number such as 3.00 but was 2,5");
        assertThatThrownBy(() -> PriceTable.builder().webSearch("a cent"))
                .isInstanceOf(NumberFormatException.class)
                .hasMessageContaining("webSearch");
    }

    private static UsageTotals of(String model, String usage) {
        return UsageTotals.of(model, new UsageReport(Json.parse(usage).as(Usage.class), true));
    }
}
