package io.claudeflux;

import static io.claudeflux.simulator.Block.text;
import static io.claudeflux.simulator.Block.thinking;
import static io.claudeflux.simulator.Block.toolUse;
import static io.claudeflux.simulator.Reply.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.ConfigurationException;
import io.claudeflux.message.Json;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.PartialMessage;
import io.claudeflux.simulator.ClaudeSimulator;
import io.claudeflux.simulator.Reply;
import io.claudeflux.simulator.SimulatedRequest;
import io.claudeflux.stream.ContentBlockDelta;
import io.claudeflux.stream.MessageStart;
import io.claudeflux.stream.StreamEvent;
import io.claudeflux.stream.TextDelta;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** A broken stream and the request for its rest, over a wire, with a model that goes on where it is told to. */
@Timeout(60)
class ContinueFromTests {
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final Pattern QUOTE = Pattern.compile("\n\n<(received(?:-\\d+)?)>(.*)</\\1>\n\n", Pattern.DOTALL);
    private static final String WHOLE = "# Ebb\n\nThe harbour is 12.5 m deep; überraschend tief 🌊🌊.\n\n"
            + "    int depth = 12;  // received\n\nそれだけです。 That was incomprehensibilities. ";
    private static final MessageRequest REQUEST = MessageRequest.builder()
            .model("claude-sonnet-5-5")
            .maxTokens(1024)
            .user("How deep is it?")
            .build();

    private final ClaudeSimulator claude = ClaudeSimulator.start();
    private final ClaudeClient client =
            ClaudeClient.builder().apiKey("test").baseUrl(claude.baseUrl()).build();
    private final Messages messages = client.messages();

    @AfterEach
    void stop() {
        client.close();
        claude.close();
    }

    /** Asks as the documentation shows it: the rest goes on in place of the error. */
    private List<StreamEvent> joined() {
        Flux<StreamEvent> withRest = messages.stream(REQUEST)
                .onErrorResume(
                        ClaudeException.class,
                        failure -> failure.partial()
                                .map(partial -> messages.continueFrom(partial, REQUEST))
                                .orElseGet(() -> Flux.error(failure)));
        return Optional.ofNullable(withRest.collectList().block(WAIT)).orElseThrow();
    }

    private static String textOf(List<StreamEvent> events) {
        return events.stream()
                .filter(ContentBlockDelta.class::isInstance)
                .map(event -> ((ContentBlockDelta) event).delta())
                .filter(TextDelta.class::isInstance)
                .map(delta -> ((TextDelta) delta).text())
                .collect(Collectors.joining());
    }

    /** A model that knows the whole text, and finds out from the last turn alone where to go on. */
    private static Reply rest(SimulatedRequest request) {
        Matcher quote = QUOTE.matcher(request.prompt());
        if (!quote.find()) {
            return reply(WHOLE);
        }
        int seam = WHOLE.lastIndexOf(quote.group(2)) + quote.group(2).length();
        return reply(WHOLE.substring(seam));
    }

    private static String role(Json turn) {
        return turn.get("role").flatMap(Json::asString).orElseThrow();
    }

    private List<Json> turnsOfTheLastRequest() {
        List<SimulatedRequest> requests = claude.requests();
        return requests.get(requests.size() - 1)
                .body()
                .get("messages")
                .orElseThrow()
                .elements();
    }

    @Test
    void aTextCutAtAnyEventIsJoinedWithoutASeam() {
        int events = Optional.ofNullable(whole().collectList().block(WAIT))
                .orElseThrow()
                .size();
        // Before the third event no answer has begun for the subscriber; behind the last but two it is whole.
        for (int cut = 2; cut <= events - 2; cut++) {
            claude.reset();
            claude.enqueue(reply(WHOLE).cut().afterEvents(cut));
            claude.respondWith(ContinueFromTests::rest);

            List<StreamEvent> joined = joined();
            assertThat(textOf(joined)).as("cut after %d events", cut).isEqualTo(WHOLE);
            assertThat(joined.stream().filter(MessageStart.class::isInstance)).hasSize(2);
            assertThat(claude.requests()).hasSize(2);
            List<Json> turns = turnsOfTheLastRequest();
            assertThat(role(turns.get(turns.size() - 1))).isEqualTo("user");
            assertThat(turns).hasSize(cut == 2 ? 1 : 3);
        }
    }

    private Flux<StreamEvent> whole() {
        claude.enqueue(reply(WHOLE));
        return messages.stream(REQUEST);
    }

    @Test
    void signedThinkingGoesBackWithTheText() {
        claude.enqueue(
                reply(thinking("Look it up.", "c2lnbmVk"), text(WHOLE)).cut().afterEvents(12));
        claude.respondWith(ContinueFromTests::rest);

        assertThat(textOf(joined())).isEqualTo(WHOLE);
        assertThat(turnsOfTheLastRequest()
                        .get(1)
                        .get("content")
                        .orElseThrow()
                        .elements()
                        .get(0))
                .isEqualTo(
                        Json.parse("{\"type\":\"thinking\",\"thinking\":\"Look it up.\",\"signature\":\"c2lnbmVk\"}"));
    }

    @Test
    void aRefusalIsAnErrorOfTheStreamAndSendsNothing() {
        claude.enqueue(
                reply(toolUse("get_depth", Map.of("of", "harbour"))).cut().afterEvents(4));
        PartialMessage[] partial = new PartialMessage[1];
        messages.stream(REQUEST)
                .doOnError(
                        ClaudeException.class,
                        failure -> partial[0] = failure.partial().orElseThrow())
                .as(StepVerifier::create)
                .thenConsumeWhile(event -> true)
                .expectError()
                .verify(WAIT);

        messages.continueFrom(partial[0], REQUEST)
                .as(StepVerifier::create)
                .expectError(ConfigurationException.class)
                .verify(WAIT);
        assertThat(claude.requests()).hasSize(1);
    }

    @Test
    void everySubscriptionIsARequestOfItsOwn() {
        claude.enqueue(reply(WHOLE).cut().afterEvents(7));
        claude.respondWith(ContinueFromTests::rest);
        PartialMessage[] partial = new PartialMessage[1];
        messages.stream(REQUEST)
                .doOnError(
                        ClaudeException.class,
                        failure -> partial[0] = failure.partial().orElseThrow())
                .as(StepVerifier::create)
                .thenConsumeWhile(event -> true)
                .expectError()
                .verify(WAIT);
        Flux<StreamEvent> rest = messages.continueFrom(partial[0], REQUEST);
        assertThat(claude.requests()).hasSize(1);

        for (int sent = 2; sent <= 3; sent++) {
            List<StreamEvent> events =
                    Optional.ofNullable(rest.collectList().block(WAIT)).orElseThrow();
            assertThat(partial[0].text() + textOf(events)).isEqualTo(WHOLE);
            assertThat(claude.requests()).hasSize(sent);
        }
    }
}
