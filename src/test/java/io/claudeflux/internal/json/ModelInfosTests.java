package io.claudeflux.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.catalog.Capabilities;
import io.claudeflux.catalog.Capability;
import io.claudeflux.catalog.ModelInfo;
import io.claudeflux.catalog.ModelLifecycle;
import io.claudeflux.catalog.ModelLine;
import io.claudeflux.message.Effort;
import io.claudeflux.message.Json;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelInfosTests {
    private static final String WHOLE = """
            {"type": "model", "id": "claude-sonnet-5-5", "display_name": "Claude Sonnet 5.5",
             "created_at": "2026-09-10T00:00:00Z", "lifecycle": "deprecated",
             "deprecated_at": "2026-11-01T12:00:00Z", "retires_at": "2027-05-01T00:00:00Z", "line": "sonnet",
             "max_input_tokens": 1000000, "max_tokens": 128000, "new_field": {"a": [1]},
             "capabilities": {
               "batch": {"supported": true}, "citations": {"supported": false, "why": "x"},
               "code_execution": null, "image_input": {"supported": true}, "pdf_input": {},
               "context_management": {"supported": true, "compact_20260112": {"supported": true}},
               "effort": {"supported": true, "low": {"supported": true}, "xhigh": null,
                          "max": {"supported": false}, "ultra": {"supported": true}},
               "server_tools": {"supported": true, "web_search": {"supported": true}},
               "thinking": {"supported": true, "types": {"enabled": {"supported": false},
                            "adaptive": {"supported": true}}},
               "telepathy": {"supported": true}}}""";

    @Test
    void everyFieldIsRead() {
        ModelInfo model = Json.parse(WHOLE).as(ModelInfo.class);

        assertThat(model.id()).isEqualTo("claude-sonnet-5-5");
        assertThat(model.displayName()).isEqualTo("Claude Sonnet 5.5");
        assertThat(model.createdAt()).isEqualTo(Instant.parse("2026-09-10T00:00:00Z"));
        assertThat(model.lifecycle()).isEqualTo(ModelLifecycle.DEPRECATED);
        assertThat(model.deprecatedAt()).isEqualTo(Instant.parse("2026-11-01T12:00:00Z"));
        assertThat(model.retiresAt()).isEqualTo(Instant.parse("2027-05-01T00:00:00Z"));
        assertThat(model.line()).isEqualTo(ModelLine.SONNET);
        assertThat(model.maxInputTokens()).isEqualTo(1_000_000);
        assertThat(model.maxTokens()).isEqualTo(128_000);
        assertThat(model.extra()).isEqualTo(Json.parse("{\"new_field\": {\"a\": [1]}}"));
    }

    @Test
    void capabilitiesAreYesNoOrUnknown() {
        Capabilities can =
                Objects.requireNonNull(Json.parse(WHOLE).as(ModelInfo.class).capabilities());

        assertThat(can.batch()).isEqualTo(Capability.of(true));
        assertThat(Objects.requireNonNull(can.citations()).isDenied()).isTrue();
        assertThat(can.citations().extra()).isEqualTo(Json.parse("{\"why\": \"x\"}"));
        assertThat(can.codeExecution()).isNull();
        assertThat(can.structuredOutputs()).isNull();
        assertThat(Objects.requireNonNull(can.pdfInput()).supported()).isNull();
        assertThat(can.effort(Effort.MAX).map(Capability::isDenied)).contains(true);
        assertThat(can.effort(Effort.of("ultra")).map(Capability::isDenied)).contains(false);
        assertThat(can.effort(Effort.XHIGH)).isEmpty();
        assertThat(can.effort(Effort.HIGH)).isEmpty();
        assertThat(can.thinking("enabled").map(Capability::isDenied)).contains(true);
        assertThat(can.thinking("adaptive").map(Capability::isDenied)).contains(false);
        assertThat(can.thinking("between_tools")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                WHOLE,
                "{\"type\": \"model\", \"id\": \"x\", \"display_name\": \"X\"}",
                "{\"type\": \"model\", \"id\": \"x\", \"display_name\": \"X\", \"lifecycle\": null, \"line\": null,"
                        + " \"retires_at\": null, \"max_tokens\": null, \"capabilities\": null}",
                "{\"type\": \"model\", \"id\": \"x\", \"display_name\": \"X\", \"lifecycle\": \"resting\","
                        + " \"created_at\": \"some day\", \"capabilities\": [1]}",
                "{\"type\": \"model\", \"id\": \"x\", \"display_name\": \"X\","
                        + " \"capabilities\": {\"effort\": {\"supported\": \"perhaps\", \"low\": 3}, \"batch\": true}}"
            })
    void whatCameGoesBackOut(String json) {
        assertThat(Json.of(Json.parse(json).as(ModelInfo.class))).isEqualTo(Json.parse(json));
    }

    @Test
    void aModelWithoutANameForPeopleHasItsId() {
        assertThat(Json.parse("{\"id\": \"x\"}").as(ModelInfo.class).displayName())
                .isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"id\": null}", "{\"id\": 3}", "[]", "3"})
    void aModelWithoutAnIdIsNone(String json) {
        assertThatThrownBy(() -> Json.parse(json).as(ModelInfo.class)).isInstanceOf(IllegalArgumentException.class);
    }
}
