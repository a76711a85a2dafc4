package io.claudeflux.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.error.StreamException.Fault;
import io.claudeflux.message.Message;
import io.claudeflux.message.PartialMessage;
import io.claudeflux.message.ResponseMetadata;
import io.claudeflux.message.UsageReport;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A failure that learns more about its call stays the failure it was. */
class WithContextTests {
    static Stream<ClaudeException> failures() {
        Stream<ClaudeException> api = Stream.of(
                        "invalid_request_error",
                        "authentication_error",
                        "billing_error",
                        "permission_error",
                        "not_found_error",
                        "request_too_large",
                        "conflict_error",
                        "rate_limit_error",
                        "timeout_error",
                        "api_error",
                        "overloaded_error",
                        "weird_error")
                .map(type -> ApiException.of(
                        new ApiFailure(
                                new ApiError(type, "why", "code", null, null),
                                new ResponseMetadata(499, Map.of()),
                                false),
                        FailureContext.attempted(true)));
        Stream<ClaudeException> others = Stream.of(
                new TransportException(
                        new TransportException.Fault(TransportException.Kind.RESET, Origin.STREAM),
                        "reset",
                        new IOException("cause"),
                        FailureContext.attempted(true)),
                new StreamException(
                        new Fault(StreamException.Kind.LIMIT, "line", "excerpt"),
                        "long",
                        new IOException("cause"),
                        FailureContext.local()),
                new ClockException(
                        ClockException.Clock.FIRST_BYTE,
                        Duration.ofMillis(300),
                        new IOException("cause"),
                        FailureContext.local()),
                new AdmissionException(
                        AdmissionException.Reason.QUEUE_FULL, "full", new IOException("cause"), FailureContext.local()),
                new ConfigurationException("apiKey", "apiKey is wrong", new IOException("cause")),
                new StructuredOutputException(
                        StructuredOutputException.Reason.CUT,
                        "cut",
                        Message.builder("msg_2", "m").build(),
                        FailureContext.local()),
                new PreflightException(
                        List.of(new Finding(Finding.Severity.REFUSED, "model", "is empty", "rule", "fix", "source"))));
        return Stream.concat(api, others);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void typeCauseStackAndSuppressedStay(ClaudeException failure) {
        failure.addSuppressed(new IllegalStateException("suppressed"));
        Message message = Message.builder("msg_1", "m").build();
        PartialMessage partial = new PartialMessage(message, List.of(0), true, new UsageReport(message.usage(), false));
        FailureContext known = new FailureContext(
                "req_1", 3, 7, Duration.ofSeconds(5), true, true, partial, NotRetried.DELIVERED, null);
        ClaudeException copy = failure.withContext(known);

        assertThat(copy).isNotSameAs(failure).hasSameClassAs(failure);
        assertThat(copy.getCause()).isSameAs(failure.getCause());
        assertThat(copy.getStackTrace()).isEqualTo(failure.getStackTrace());
        assertThat(copy.getSuppressed()).isEqualTo(failure.getSuppressed());
        assertThat(copy.origin()).isEqualTo(failure.withContext(known).origin());
        assertThat(copy.getMessage())
                .isEqualTo(failure.getMessage() + " [request-id req_1] [after 7 events] [3 attempts]");
        assertThat(copy.requestId()).contains("req_1");
        assertThat(copy.attempts()).isEqualTo(3);
        assertThat(copy.eventsDelivered()).isEqualTo(7);
        assertThat(copy.retryAfter()).contains(Duration.ofSeconds(5));
        assertThat(copy.isRetryable()).isTrue();
        assertThat(copy.isAmbiguous()).isTrue();
        assertThat(copy.partial()).contains(partial);
        assertThat(copy.notRetried()).contains(NotRetried.DELIVERED);
        assertThat(failure.notRetried()).isEmpty();
        assertThat(copy.withContext(failure.context()).getMessage()).isEqualTo(failure.getMessage());
        assertThat(failure.eventsDelivered()).isZero();
    }

    @Test
    void ownFactsOfEachTypeStay() {
        ClaudeException[] copies = failures()
                .map(failure -> failure.withContext(FailureContext.attempted(false)))
                .toArray(ClaudeException[]::new);
        assertThat(Arrays.copyOf(copies, 12)).allSatisfy(copy -> {
            assertThat(((ApiException) copy).errorCode()).contains("code");
            assertThat(((ApiException) copy).status()).isEqualTo(499);
            assertThat(((ApiException) copy).apiMessage()).isEqualTo("why");
        });
        assertThat(((TransportException) copies[12]).kind()).isEqualTo(TransportException.Kind.RESET);
        assertThat(((StreamException) copies[13]).reason()).isEqualTo("line");
        assertThat(((StreamException) copies[13]).excerpt()).contains("excerpt");
        assertThat(((ClockException) copies[14]).clock()).isEqualTo(ClockException.Clock.FIRST_BYTE);
        assertThat(((ClockException) copies[14]).limit()).isEqualTo(Duration.ofMillis(300));
        assertThat(copies[14]).hasMessage("the first-byte clock passed its limit of 300 ms");
        assertThat(((AdmissionException) copies[15]).reason()).isEqualTo(AdmissionException.Reason.QUEUE_FULL);
        assertThat(((ConfigurationException) copies[16]).setting()).isEqualTo("apiKey");
        assertThat(((StructuredOutputException) copies[17]).reason()).isEqualTo(StructuredOutputException.Reason.CUT);
        assertThat(((StructuredOutputException) copies[17]).message().id()).isEqualTo("msg_2");
        assertThat(copies[17].origin()).isEqualTo(Origin.OUTPUT);
    }

    @ParameterizedTest(name = "{0} breaks at {1}")
    @CsvSource({
        "INCOMPLETE, STREAM",
        "PROTOCOL, PROTOCOL",
        "LIMIT, LIMIT",
        "UNEXPECTED_STATUS, HTTP",
        "UNEXPECTED_CONTENT_TYPE, HTTP",
        "UNEXPECTED_ENCODING, HTTP",
        "REDIRECT, HTTP",
    })
    void originOfAStreamFailureFollowsItsKind(StreamException.Kind kind, Origin origin) {
        assertThat(new StreamException(Fault.of(kind, "x"), "s", null, FailureContext.local()).origin())
                .isEqualTo(origin);
    }

    @Test
    void originsOfTheRest() {
        assertThat(new AdmissionException(AdmissionException.Reason.CLOSED, "s", null, FailureContext.local()).origin())
                .isEqualTo(Origin.CLOSED);
        assertThat(new AdmissionException(AdmissionException.Reason.QUEUE_TIMEOUT, "s", null, FailureContext.local())
                        .origin())
                .isEqualTo(Origin.ADMISSION);
        assertThat(new ConfigurationException("a", "s", null).origin()).isEqualTo(Origin.CONFIG);
        assertThat(new ClockException(ClockException.Clock.IDLE, Duration.ZERO, null, FailureContext.local()).origin())
                .isEqualTo(Origin.CLOCK);
    }

    @Test
    void contextGrowsWithoutLosingWhatItKnew() {
        FailureContext context = FailureContext.attempted(true)
                .withRequestId("req_1")
                .withRequestId("req_2")
                .withRetryAfter(Duration.ofSeconds(1))
                .asAmbiguous()
                .withProgress(4, null)
                .withAttempts(2);
        assertThat(context)
                .isEqualTo(new FailureContext("req_1", 2, 4, Duration.ofSeconds(1), true, true, null, null, null));
        assertThat(FailureContext.local().attempts()).isZero();
    }

    @Test
    void theReasonForNoFurtherAttemptOutlivesWhatIsLearntLater() {
        FailureContext context = FailureContext.attempted(true)
                .withNotRetried(NotRetried.BUDGET)
                .withRequestId("req_1")
                .withRetryAfter(Duration.ofSeconds(1))
                .asAmbiguous()
                .withProgress(4, null)
                .withAttempts(2);
        assertThat(context)
                .isEqualTo(new FailureContext(
                        "req_1", 2, 4, Duration.ofSeconds(1), true, true, null, NotRetried.BUDGET, null));
        assertThat(context.withNotRetried(NotRetried.DEADLINE).notRetried()).isEqualTo(NotRetried.DEADLINE);
        assertThat(FailureContext.attempted(true).notRetried()).isNull();
    }
}
