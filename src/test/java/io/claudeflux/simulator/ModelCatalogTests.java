package io.claudeflux.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.ClaudeClient;
import io.claudeflux.catalog.ModelInfo;
import io.claudeflux.catalog.ModelLifecycle;
import io.claudeflux.catalog.ModelQuery;
import io.claudeflux.message.Effort;
import io.claudeflux.message.Json;
import io.claudeflux.message.MessageRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The simulator's models, by this client and by hand. */
class ModelCatalogTests {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final ClaudeSimulator simulator = ClaudeSimulator.start();
    private final ClaudeClient claude = ClaudeClient.builder()
            .apiKey("simulated")
            .baseUrl(simulator.baseUrl())
            .build();

    @AfterEach
    void stop() {
        claude.close();
        simulator.close();
    }

    @Test
    void pagesOfEverySizeHoldTheSameModels() {
        List<ModelInfo> atOnce = list(ModelQuery.all());
        assertThat(atOnce).extracting(ModelInfo::lifecycle).contains(ModelLifecycle.RETIRED, ModelLifecycle.DEPRECATED);
        for (int size = 1; size <= atOnce.size() + 1; size++) {
            int before = simulator.requests().size();
            assertThat(list(ModelQuery.all().withPageSize(size))).isEqualTo(atOnce);
            int pages = (atOnce.size() + size - 1) / size;
            assertThat(simulator.requests().size() - before).isEqualTo(pages);
        }
    }

    @Test
    void lifecyclesAreFiltered() {
        assertThat(list(ModelQuery.served())).noneMatch(ModelInfo::isRetired).anyMatch(ModelInfo::isDeprecated);
        assertThat(list(ModelQuery.served().withLifecycles(ModelLifecycle.RETIRED)))
                .isNotEmpty()
                .allMatch(ModelInfo::isRetired);
    }

    @Test
    void aModelTellsWhatItCanDo() {
        ModelInfo model = claude.models().retrieve("claude-haiku-4-5").block(LIMIT);

        assertThat(model).isNotNull();
        assertThat(model.id()).isEqualTo("claude-haiku-4-5-20251001");
        assertThat(model.capabilities()).isNotNull();
        assertThat(model.capabilities().effort(Effort.HIGH))
                .hasValueSatisfying(effort -> assertThat(effort.isDenied()).isTrue());
        assertThat(Json.of(model).as(ModelInfo.class)).isEqualTo(model);
    }

    @Test
    void pagesGoBackwardsToo() throws Exception {
        Json page = Json.parse(
                get("limit=2&before_id=claude-haiku-5-5&lifecycle=active").body());
        assertThat(page.get("first_id").flatMap(Json::asString)).contains("claude-opus-5-5");
        assertThat(page.get("last_id").flatMap(Json::asString)).contains("claude-sonnet-5-5");
        assertThat(page.get("has_more").map(Json::text)).contains("false");
    }

    @ParameterizedTest
    @CsvSource({"limit=0", "limit=1001", "limit=x", "after_id=nobody", "lifecycle%5B%5D=new", "after_id"})
    void aQueryThatCannotBeIsRefused(String query) throws Exception {
        assertThat(get(query).statusCode()).isEqualTo(400);
    }

    @Test
    void tokensAreCountedByWhatIsRead() {
        assertThat(count("x".repeat(4_000)) - count("x".repeat(400))).isEqualTo(900);
    }

    private long count(String text) {
        return claude.messages()
                .countTokens(MessageRequest.builder()
                        .model("claude-sonnet-5-5")
                        .maxTokens(1)
                        .user(text)
                        .build())
                .blockOptional(LIMIT)
                .orElseThrow()
                .inputTokens();
    }

    private HttpResponse<String> get(String query) throws Exception {
        Calls calls = new Calls(simulator);
        return Calls.send(calls.to("/v1/models?" + query, "").GET());
    }

    private List<ModelInfo> list(ModelQuery query) {
        return claude.models().list(query).collectList().blockOptional(LIMIT).orElseThrow();
    }
}
