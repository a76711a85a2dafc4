package io.claudeflux.internal.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.catalog.ModelInfo;
import io.claudeflux.error.Finding;
import io.claudeflux.error.Finding.Severity;
import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.DocumentBlock;
import io.claudeflux.message.Effort;
import io.claudeflux.message.ImageBlock;
import io.claudeflux.message.Json;
import io.claudeflux.message.MediaSource;
import io.claudeflux.message.MessageParam;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.MessageRequestBuilder;
import io.claudeflux.message.OutputConfig;
import io.claudeflux.message.Role;
import io.claudeflux.message.Thinking;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server told of a model, held against a request. */
class CapabilityRulesTests {
    private static final String DENIED = """
            {"id": "m", "max_tokens": 1000, "capabilities": {
               "citations": {"supported": false}, "image_input": {"supported": false},
               "pdf_input": {"supported": false}, "structured_outputs": {"supported": false},
               "effort": {"supported": true, "high": {"supported": false}},
               "thinking": {"supported": true, "types": {"adaptive": {"supported": false}}}}}""";

    private static final byte[] BYTES = {1};

    static Stream<Arguments> cases() {
        return Stream.of(
                refused("max_tokens", request -> request.maxTokens(1001)),
                refused("thinking.type", request -> request.thinking(Thinking.adaptive())),
                refused("output_config.effort", request -> request.outputConfig(OutputConfig.effort(Effort.HIGH))),
                refused(
                        "output_config.format",
                        request -> request.outputConfig(OutputConfig.jsonSchema(Json.of(Map.of("type", "object"))))),
                refused("messages[1].content[0]", request -> media(request, image())),
                refused("messages[1].content[0]", request -> media(request, document("application/pdf"))),
                refused(
                        "messages[1].content[0].citations",
                        request -> media(
                                request,
                                new DocumentBlock(
                                        new MediaSource.PlainText("text"),
                                        null,
                                        null,
                                        true,
                                        null,
                                        Json.emptyObject()))));
    }

    private static Arguments refused(String path, UnaryOperator<MessageRequestBuilder> difference) {
        return Arguments.of(path, difference);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatTheModelCannotDoIsRefusedOnceThatIsKnown(String path, UnaryOperator<MessageRequestBuilder> difference) {
        MessageRequest request = difference.apply(base()).build();

        assertThat(check(request, DENIED)).singleElement().satisfies(finding -> {
            assertThat(finding.path()).isEqualTo(path);
            assertThat(finding.severity()).isEqualTo(Severity.REFUSED);
            assertThat(finding.source()).contains("/v1/models");
        });
        assertThat(check(request, null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\": \"m\"}",
                "{\"id\": \"m\", \"capabilities\": null, \"max_tokens\": null, \"lifecycle\": null}",
                "{\"id\": \"m\", \"capabilities\": {}, \"max_tokens\": 0}",
                "{\"id\": \"m\", \"lifecycle\": \"dormant\", \"capabilities\": {\"effort\": {\"supported\": true},"
                        + " \"thinking\": {\"types\": {}}, \"image_input\": {}, \"pdf_input\": null}}"
            })
    void whatIsNotSaidSaysNothing(String model) {
        cases().forEach(each -> {
            @SuppressWarnings("unchecked")
            UnaryOperator<MessageRequestBuilder> difference = (UnaryOperator<MessageRequestBuilder>) each.get()[1];
            assertThat(check(difference.apply(base()).build(), model)).isEmpty();
        });
    }

    @Test
    void aModelThatNeverThinksOrMindsEffortIsToldNeither() {
        String plain =
                "{\"id\": \"m\", \"capabilities\": {\"effort\": {\"supported\": false}, \"thinking\": {\"supported\": false}}}";

        assertThat(check(base().thinking(Thinking.adaptive()).build(), plain)).hasSize(1);
        assertThat(check(base().thinking(Thinking.disabled()).build(), plain)).isEmpty();
        assertThat(check(base().outputConfig(OutputConfig.effort(Effort.LOW)).build(), plain))
                .hasSize(1);
    }

    @Test
    void textAndWhatIsBehindAnIdIsReadByAll() {
        assertThat(check(media(base(), document("text/plain")).build(), DENIED)).isEmpty();
        assertThat(check(
                        media(base(), new DocumentBlock(new MediaSource.UploadedFile("file_1")))
                                .build(),
                        DENIED))
                .isEmpty();
    }

    @Test
    void betasThatLiftALimitMakeItAWarning() {
        MessageRequest request = base().maxTokens(2000).build();
        Preflight.Terms terms = new Preflight.Terms("2023-06-01", Set.of("output-128k-2025-02-19"), model(DENIED));

        assertThat(Preflight.check(request, terms))
                .extracting(Finding::severity)
                .containsExactly(Severity.WARNING);
    }

    @Test
    void aRetiredModelIsRefusedAndADeprecatedOneWarnedOfWithItsEnd() {
        assertThat(check(base().build(), "{\"id\": \"m\", \"lifecycle\": \"retired\"}"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.isRefusal()).isTrue());
        assertThat(check(
                        base().build(),
                        "{\"id\": \"m\", \"lifecycle\": \"deprecated\", \"retires_at\": \"2027-05-01T00:00:00Z\"}"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.isRefusal()).isFalse();
                    assertThat(finding.problem()).contains("2027-05-01");
                });
    }

    @Test
    void whatIsCountedOnlyHasNoLimitOfOutput() {
        MessageRequest request = base().maxTokens(2000)
                .stopSequences(List.of(""))
                .thinking(Thinking.enabled(4000))
                .extraBody("temperature", 3)
                .build();

        assertThat(Preflight.check(request, terms(DENIED))).hasSizeGreaterThan(2);
        assertThat(Preflight.checkCount(request, terms(DENIED))).isEmpty();
        assertThat(Preflight.checkCount(base().thinking(Thinking.enabled(3)).build(), terms(DENIED)))
                .extracting(Finding::path)
                .containsExactly("thinking.budget_tokens");
    }

    private static MessageRequestBuilder base() {
        return MessageRequest.builder()
                .model("my-own-gateway-name")
                .maxTokens(1000)
                .user("Hi");
    }

    private static MessageRequestBuilder media(MessageRequestBuilder request, ContentBlock block) {
        return request.message(new MessageParam(Role.USER, List.of(block), Json.emptyObject()));
    }

    private static ImageBlock image() {
        return new ImageBlock(MediaSource.of("image/png", BYTES));
    }

    private static DocumentBlock document(String mediaType) {
        return new DocumentBlock(MediaSource.of(mediaType, BYTES));
    }

    private static List<Finding> check(MessageRequest request, @Nullable String model) {
        return Preflight.check(request, terms(model));
    }

    private static Preflight.Terms terms(@Nullable String model) {
        return new Preflight.Terms("2023-06-01", Set.of(), model == null ? null : model(model));
    }

    private static ModelInfo model(String json) {
        return Json.parse(json).as(ModelInfo.class);
    }
}
