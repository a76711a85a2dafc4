package io.claudeflux;

import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.head;
import static io.claudeflux.fixture.Steps.raw;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.config.Limits;
import io.claudeflux.error.ConfigurationException;
import io.claudeflux.error.Origin;
import io.claudeflux.error.StreamException;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.RecordedRequest;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.Response;
import io.claudeflux.stream.StreamEvent;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Each subscription is a call of its own: a key, a request, an answer. */
@Timeout(60)
class ColdCallTests {
    private static final String KEY = "sk-ant-TESTKEY-0123456789abcdef";
    private static final Script GOOD = reply(h200(), chunk(good("hi")), end());
    private final ScriptedServer server = ScriptedServer.start(GOOD);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void nothingHappensBeforeTheSubscription() {
        AtomicInteger keys = new AtomicInteger();
        try (ClaudeClient client = client(builder -> builder.apiKey(() -> {
            keys.incrementAndGet();
            return Mono.just(KEY);
        }))) {
            Flux<StreamEvent> events = client.messages().stream(request());
            assertThat(keys).hasValue(0);
            assertThat(server.conns()).isZero();
            assertThat(Outcome.of(events).n()).isEqualTo(6);
            assertThat(keys).hasValue(1);
        }
    }

    @Test
    void twoSubscribersAreTwoRequestsWithAKeyEach() {
        AtomicInteger keys = new AtomicInteger();
        try (ClaudeClient client =
                client(builder -> builder.apiKey(() -> Mono.fromSupplier(() -> "key-" + keys.incrementAndGet())))) {
            Flux<StreamEvent> events = client.messages().stream(request());
            Mono<Message> message = client.messages().create(request());
            assertThat(Outcome.of(events).events()).isEqualTo(Outcome.of(events).events());
            assertThat(Outcome.of(message).events())
                    .isEqualTo(Outcome.of(message).events());
            assertThat(server.requests())
                    .flatExtracting(sent -> sent.headerValues("x-api-key"))
                    .containsExactly("key-1", "key-2", "key-3", "key-4");
            assertThat(server.requests().stream().map(RecordedRequest::bodyText).distinct())
                    .hasSize(1);
        }
    }

    @Test
    void supplierThatNeverAnswersIsGivenUpOn() {
        StepVerifier.withVirtualTime(() -> {
                    ClaudeClient client = client(builder -> builder.apiKey(Mono::never));
                    return client.messages().create(request()).doFinally(end -> client.close());
                })
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(9_999))
                .thenAwait(Duration.ofMillis(1))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(ConfigurationException.class, e -> {
                            assertThat(e.setting()).isEqualTo("apiKey");
                            assertThat(e.getMessage()).contains("10 s");
                            assertThat(e.isRetryable()).isFalse();
                        }))
                .verify(Duration.ofSeconds(10));
        assertThat(server.conns()).isZero();
    }

    @Test
    void requestThatIsTooLargeIsRefusedBeforeAConnectionIsMade() {
        try (ClaudeClient client =
                client(builder -> builder.limits(Limits.defaults().withMaxRequestBytes(1_000)))) {
            MessageRequest large =
                    request().toBuilder().user("SECRET".repeat(200)).build();
            StreamException error = Outcome.of(client.messages().stream(large)).error(StreamException.class);
            assertThat(error.kind()).isEqualTo(StreamException.Kind.LIMIT);
            assertThat(error.reason()).isEqualTo("request_body");
            assertThat(error.origin()).isEqualTo(Origin.LIMIT);
            assertThat(error.attempts()).isZero();
            assertThat(error.isRetryable()).isFalse();
            assertThat(error.getMessage()).contains("1000").doesNotContain("SECRET");
            assertThat(server.conns()).isZero();
        }
    }

    @Test
    void limitOfTheRequestIsInBytesAndInclusive() {
        int length = bodyLength();
        try (ClaudeClient fits =
                        client(builder -> builder.limits(Limits.defaults().withMaxRequestBytes(length)));
                ClaudeClient tight =
                        client(builder -> builder.limits(Limits.defaults().withMaxRequestBytes(length - 1)))) {
            assertThat(Outcome.of(fits.messages().create(euro())).isComplete()).isTrue();
            Outcome.of(tight.messages().create(euro())).error(StreamException.class);
        }
    }

    private int bodyLength() {
        try (ClaudeClient client = client(UnaryOperator.identity())) {
            assertThat(Outcome.of(client.messages().create(euro())).isComplete())
                    .isTrue();
            return server.request(0).body().length;
        }
    }

    private static MessageRequest euro() {
        return request().toBuilder().user("€😀".repeat(100)).build();
    }

    @Test
    void answerComesWithItsHead() {
        Script limits = reply(
                head(
                        200,
                        "content-type: text/event-stream",
                        "Request-Id: req_7",
                        "anthropic-organization-id: org_1",
                        "anthropic-ratelimit-requests-remaining: 41",
                        "transfer-encoding: chunked"),
                chunk(good("hi")),
                raw("0\r\n\r\n"));
        try (ScriptedServer own = ScriptedServer.start(limits);
                ClaudeClient client = ClaudeClient.builder()
                        .apiKey(KEY)
                        .baseUrl(own.baseUrl())
                        .build()) {
            Outcome<Response<Message>> outcome = Outcome.of(client.messages().createWithResponse(request()));
            assertThat(outcome.isComplete()).as(outcome.describe()).isTrue();
            Response<Message> response = outcome.events().get(0);
            assertThat(response.value().text()).isEqualTo("hi");
            assertThat(response.metadata().status()).isEqualTo(200);
            assertThat(response.metadata().requestId()).contains("req_7");
            assertThat(response.metadata().organizationId()).contains("org_1");
            assertThat(response.metadata().rateLimits().requests().orElseThrow().remaining())
                    .isEqualTo(41);
        }
    }

    @Test
    void textIsTheTextAlone() {
        try (ClaudeClient client = client(UnaryOperator.identity())) {
            assertThat(Outcome.of(client.messages().streamText(request())).events())
                    .containsExactly("hi");
        }
    }

    @Test
    void builderThatGoesOnChangesNoClient() {
        ClaudeClient.Builder builder =
                ClaudeClient.builder().apiKey(KEY).baseUrl(server.baseUrl()).header("x-a", "1");
        try (ClaudeClient client = builder.build()) {
            builder.header("x-a", "2").header("x-b", "2").beta("later").apiKey("another");
            try (ClaudeClient other = builder.build()) {
                assertThat(Outcome.of(client.messages().create(request())).isComplete())
                        .isTrue();
                assertThat(Outcome.of(other.messages().create(request())).isComplete())
                        .isTrue();
            }
        }
        assertThat(server.request(0).headerValues("x-a")).containsExactly("1");
        assertThat(server.request(0).headerNames()).doesNotContain("x-b", "anthropic-beta");
        assertThat(server.request(0).headerValues("x-api-key")).containsExactly(KEY);
        assertThat(server.request(1).headerValues("x-a")).containsExactly("2");
    }

    private ClaudeClient client(UnaryOperator<ClaudeClient.Builder> settings) {
        return settings.apply(ClaudeClient.builder().apiKey(KEY).baseUrl(server.baseUrl()))
                .build();
    }

    private static MessageRequest request() {
        return MessageRequest.builder().model("m").maxTokens(1).user("hi").build();
    }
}
