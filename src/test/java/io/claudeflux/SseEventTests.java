package io.claudeflux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.claudeflux.error.AdmissionException;
import io.claudeflux.error.ApiError;
import io.claudeflux.error.ApiException;
import io.claudeflux.error.ApiFailure;
import io.claudeflux.error.ClockException;
import io.claudeflux.error.ConfigurationException;
import io.claudeflux.error.FailureContext;
import io.claudeflux.error.Finding;
import io.claudeflux.error.PreflightException;
import io.claudeflux.error.StreamException;
import io.claudeflux.fixture.Transcripts;
import io.claudeflux.message.Json;
import io.claudeflux.message.ResponseMetadata;
import io.claudeflux.stream.ContentBlockDelta;
import io.claudeflux.stream.MessageStop;
import io.claudeflux.stream.Ping;
import io.claudeflux.stream.StreamEvent;
import io.claudeflux.stream.TextDelta;
import io.claudeflux.stream.UnknownEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Streams handed on, and what a browser may learn of a failure. */
class SseEventTests {
    private static final Duration SOON = Duration.ofSeconds(10);

    private static List<StreamEvent> events(Transcripts transcript) {
        return transcript
                .sse()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> Json.parse(line.substring(6)).as(StreamEvent.class))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Transcripts.class)
    void streamHandedOnIsTheStreamThatCame(Transcripts transcript) {
        List<StreamEvent> events = events(transcript);
        List<SseEvent> handed = Flux.fromIterable(events)
                .as(SseEvent::stream)
                .collectList()
                .blockOptional(SOON)
                .orElseThrow();
        assertThat(handed).extracting(SseEvent::name).containsExactlyElementsOf(names(transcript));
        assertThat(handed)
                .extracting(event -> Json.parse(event.data()).as(StreamEvent.class))
                .isEqualTo(events);
    }

    private static List<String> names(Transcripts transcript) {
        return transcript
                .sse()
                .lines()
                .filter(line -> line.startsWith("event: "))
                .map(line -> line.substring(7))
                .toList();
    }

    @Test
    void textWithLineEndsStaysInOneLine() {
        String text = "a\nb\r\nc\u2028d\u0000\uD83D\uDE00";
        SseEvent event = SseEvent.of(new ContentBlockDelta(0, new TextDelta(text)));
        assertThat(event.data()).doesNotContain("\n", "\r", "\0");
        ContentBlockDelta back = (ContentBlockDelta) Json.parse(event.data()).as(StreamEvent.class);
        assertThat(back.delta()).isEqualTo(new TextDelta(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void unknownEventPassesAsItCameWithoutItsLineEnds(String end) {
        String raw = "{\"type\":\"hologram\"," + end + "\"x\": [1," + end + "2]}";
        SseEvent event = SseEvent.of(new UnknownEvent("hologram", Json.parse(raw)));
        assertThat(event.name()).isEqualTo("hologram");
        assertThat(event.data()).isEqualTo(raw.replace('\r', ' ').replace('\n', ' '));
        assertThat(Json.parse(event.data())).isEqualTo(Json.parse(raw));
    }

    @Test
    void nameOfAnUnknownEventCannotForgeAnEvent() {
        SseEvent event = SseEvent.of(new UnknownEvent("a\ndata: {}\n\nevent: b", Json.parse("{\"type\":\"a\"}")));
        assertThat(event.name()).isEqualTo("a data: {}  event: b");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SseEvent("a", "secret\n"))
                .withMessageNotContaining("secret");
        assertThatIllegalArgumentException().isThrownBy(() -> new SseEvent("a\r", "{}"));
    }

    @Test
    void failureIsTheLastEvent() {
        Flux.<StreamEvent>just(new Ping())
                .concatWith(Flux.error(failure("overloaded_error", 200, "req_1")))
                .as(SseEvent::stream)
                .as(StepVerifier::create)
                .expectNextMatches(event -> event.name().equals("ping"))
                .assertNext(event -> {
                    assertThat(event.name()).isEqualTo("error");
                    ApiError error = ApiError.read(Json.parse(event.data()));
                    assertThat(error.type()).isEqualTo("overloaded_error");
                    assertThat(error.message()).contains("overloaded");
                    assertThat(error.requestId()).isEqualTo("req_1");
                })
                .expectComplete()
                .verify(SOON);
    }

    @ParameterizedTest
    @CsvSource({
        "overloaded_error, 529", "rate_limit_error, 429", "authentication_error, 401", "billing_error, 402",
        "invalid_request_error, 400", "request_too_large, 413", "timeout_error, 504", "api_error, 500",
        "brand_new_error, 418"
    })
    void typeOfTheApiIsKeptAndItsWordsAreNot(String type, int status) {
        String data = SseEvent.error(failure(type, status, "req_1")).data();
        assertThat(ApiError.read(Json.parse(data)).type()).isEqualTo(type);
        assertThat(data).doesNotContain("sk-ant", "credit", "prompt");
    }

    @Test
    void whatIsNoPlainWordIsNotHandedOn() {
        String data = SseEvent.error(failure("<script>alert(1)</script>", 500, "req_1\"><b>"))
                .data();
        assertThat(data)
                .isEqualTo("{\"type\":\"error\",\"error\":{\"type\":\"api_error\","
                        + "\"message\":\"The answer could not be completed.\"}}");
    }

    @Test
    void failuresOfThisSideHaveATypeOfTheApi() {
        assertThat(typeOf(new ClockException(
                        ClockException.Clock.IDLE, Duration.ofSeconds(1), null, FailureContext.local())))
                .isEqualTo("timeout_error");
        assertThat(typeOf(admission(AdmissionException.Reason.QUEUE_FULL))).isEqualTo("overloaded_error");
        assertThat(typeOf(admission(AdmissionException.Reason.CLOSED))).isEqualTo("api_error");
        assertThat(typeOf(new StreamException(
                        StreamException.Fault.of(StreamException.Kind.INCOMPLETE, "end"),
                        "sk-ant-secret",
                        null,
                        FailureContext.local())))
                .isEqualTo("api_error");
        assertThat(typeOf(new ConfigurationException("apiKey", "sk-ant-secret is no key", null)))
                .isEqualTo("api_error");
        assertThat(typeOf(new PreflightException(
                        List.of(new Finding(Finding.Severity.REFUSED, "$.model", "sk-ant", "rule", "fix", "source")))))
                .isEqualTo("invalid_request_error");
        assertThat(typeOf(new IllegalStateException("sk-ant-secret"))).isEqualTo("api_error");
    }

    @Test
    void demandAndCancelAreThoseOfTheEvents() {
        StepVerifier.create(
                        Flux.<StreamEvent>just(new Ping(), new MessageStop()).as(SseEvent::stream), 1)
                .expectNextCount(1)
                .thenCancel()
                .verify(SOON);
    }

    @Test
    void noTextShowsInAString() {
        assertThat(SseEvent.of(new ContentBlockDelta(0, new TextDelta("secret")))
                        .toString())
                .doesNotContain("secret");
    }

    private static String typeOf(Throwable failure) {
        String data = SseEvent.error(failure).data();
        assertThat(data).doesNotContain("sk-ant");
        return Optional.ofNullable(ApiError.read(Json.parse(data)).type()).orElse("");
    }

    private static AdmissionException admission(AdmissionException.Reason reason) {
        return new AdmissionException(reason, "sk-ant", null, FailureContext.local());
    }

    private static ApiException failure(String type, int status, String requestId) {
        ApiError error = new ApiError(type, "sk-ant-secret: your credit, your prompt", null, null, null);
        FailureContext context = new FailureContext(requestId, 1, 0, null, false, false, null, null, null);
        return ApiException.of(new ApiFailure(error, new ResponseMetadata(status, Map.of()), status == 200), context);
    }
}
