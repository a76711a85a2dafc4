package io.claudeflux.schema;

import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.flood;
import static io.claudeflux.fixture.Steps.h200;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.ClaudeClient;
import io.claudeflux.error.StructuredOutputException;
import io.claudeflux.fixture.Canary;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.message.Json;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.StopReason;
import io.claudeflux.message.TextBlock;
import io.claudeflux.message.ThinkingBlock;
import io.claudeflux.stream.ContentBlockDelta;
import io.claudeflux.stream.ContentBlockStart;
import io.claudeflux.stream.ContentBlockStop;
import io.claudeflux.stream.MessageDelta;
import io.claudeflux.stream.MessageStart;
import io.claudeflux.stream.MessageStop;
import io.claudeflux.stream.Ping;
import io.claudeflux.stream.StreamEvent;
import io.claudeflux.stream.TextDelta;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** A value while it is being written. */
@Timeout(60)
class DraftTests {
    record Story(String title, List<Part> parts, @Nullable String end) {}

    record Part(String text, BigDecimal length, boolean good) {}

    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final StructuredOutput<Story> STORY = StructuredOutput.of(Story.class);
    private static final Story VALUE = new Story(
            "A \"tale\" \\ of \uD834\uDD1E\n",
            List.of(new Part("é", new BigDecimal("-12.5"), true), new Part("", new BigDecimal("3"), false)),
            null);
    private static final String TEXT = Json.of(VALUE).text();

    @Test
    void aDraftShowsEachLetterAndTheLastOneHasTheMessage() {
        List<Draft<Story>> drafts = drafts(answer(StopReason.END_TURN, TEXT.split("")));

        assertThat(drafts.get(0).json().text()).isEqualTo("{\"title\":\"\"}");
        assertThat(drafts.get(1).json().text()).isEqualTo("{\"title\":\"A\"}");
        assertThat(drafts.get(1).value()).isEmpty();
        Draft<Story> last = drafts.get(drafts.size() - 1);
        assertThat(last.isComplete()).isTrue();
        assertThat(last.value()).contains(VALUE);
        assertThat(last.json().text()).isEqualTo(TEXT);
        assertThat(last.result().orElseThrow().message().text()).isEqualTo(TEXT);
        assertThat(drafts.subList(0, drafts.size() - 1))
                .noneMatch(Draft::isComplete)
                .allMatch(draft -> draft.result().isEmpty());
        assertThat(last.toString()).isEqualTo("Draft[" + TEXT.length() + " chars, complete]");
    }

    @Test
    void cutAnywhereAndInAnyPiecesNothingIsTakenBack() {
        for (int size : List.of(1, 2, 5)) {
            for (int cut = 0; cut <= TEXT.length(); cut++) {
                String[] pieces = pieces(TEXT.substring(0, cut), size);
                List<Draft<Story>> drafts =
                        drafts(Flux.concat(begin(), Flux.fromArray(pieces).map(DraftTests::delta)));
                Object before = Map.of();
                for (Draft<Story> draft : drafts) {
                    Object now = draft.json().toMap();
                    assertThat(hasGrown(before, now)).as(before + " to " + now).isTrue();
                    assertThat(now).isNotEqualTo(before);
                    draft.value();
                    before = now;
                }
                assertThat(hasGrown(before, Json.parse(TEXT).toMap())).isTrue();
            }
        }
    }

    @Test
    void theValueIsThereOnceEverythingHasBegun() {
        List<Draft<Story>> drafts = drafts(answer(StopReason.END_TURN, TEXT.split("")));
        List<Draft<Story>> readable =
                drafts.stream().filter(draft -> draft.value().isPresent()).toList();

        assertThat(readable).hasSizeBetween(1, 3).last().matches(Draft::isComplete);
    }

    @Test
    void thinkingPingsAndEmptyPiecesMakeNoDraft() {
        Flux<StreamEvent> events = Flux.<StreamEvent>just(
                new MessageStart(Message.builder("msg_1", "m").build()),
                new ContentBlockStart(0, new ThinkingBlock("", "")),
                new Ping(),
                new ContentBlockStop(0),
                new ContentBlockStart(1, new TextBlock("")),
                new ContentBlockDelta(1, new TextDelta(" \n")),
                new ContentBlockDelta(1, new TextDelta("")),
                new ContentBlockDelta(1, new TextDelta("{\"titl")),
                new ContentBlockDelta(1, new TextDelta("e\"")));

        assertThat(drafts(events)).isEmpty();
    }

    @Test
    void whatIsNoJsonMakesNoDraftAndEndsInAnError() {
        StepVerifier.create(STORY.drafts(answer(StopReason.END_TURN, ("```json" + TEXT).split(""))))
                .expectError(StructuredOutputException.class)
                .verify(WAIT);
    }

    @Test
    void whatWasCutEndsInAnErrorBehindItsDrafts() {
        StepVerifier.create(STORY.drafts(answer(StopReason.MAX_TOKENS, "{\"title\":\"A", " ta")))
                .expectNextCount(2)
                .expectErrorSatisfies(error -> {
                    StructuredOutputException failure = (StructuredOutputException) error;
                    assertThat(failure.reason()).isEqualTo(StructuredOutputException.Reason.CUT);
                    assertThat(failure.eventsDelivered()).isEqualTo(7);
                })
                .verify(WAIT);
    }

    @Test
    void readingALongAnswerCostsAMultipleOfItsLength() {
        String title = "x".repeat(200_000);
        String[] pieces = pieces(Json.of(new Story(title, List.of(), null)).text(), 4);
        AtomicLong chars = new AtomicLong();

        Long count = STORY.drafts(answer(StopReason.END_TURN, pieces))
                .doOnNext(draft -> chars.addAndGet(draft.json().text().length()))
                .count()
                .block(WAIT);

        assertThat(count).isBetween(400L, 500L);
        assertThat(chars.get()).isLessThan(70L * title.length());
    }

    @Test
    void noMoreIsAskedForThanTheDraftsNeed() {
        AtomicLong asked = new AtomicLong();
        Flux<StreamEvent> events = answer(StopReason.END_TURN, TEXT.split("")).doOnRequest(asked::addAndGet);

        StepVerifier.create(STORY.drafts(events.hide()), 0)
                .expectSubscription()
                .then(() -> assertThat(asked).hasValue(0))
                .thenRequest(1)
                .expectNextCount(1)
                .then(() -> assertThat(asked.get()).isLessThanOrEqualTo(15))
                .thenRequest(2)
                .expectNextCount(2)
                .then(() -> assertThat(asked.get()).isLessThanOrEqualTo(20))
                .thenCancel()
                .verify(WAIT);
    }

    @Test
    void aCancelClosesTheConnection() {
        String piece = d(0, "lalala ".repeat(100));
        try (ScriptedServer server = ScriptedServer.start(
                        reply(h200(), chunk(ms() + bs(0) + d(0, "{\"title\":\"")), flood(100 << 20, piece)));
                ClaudeClient client = ClaudeClient.builder()
                        .apiKey(Canary.KEY)
                        .baseUrl(server.baseUrl())
                        .build()) {
            MessageRequest request =
                    MessageRequest.builder().model("m").maxTokens(64).user("hi").build();
            StepVerifier.create(client.messages().streamDrafts(request, STORY), 5)
                    .expectNextCount(5)
                    .thenCancel()
                    .verify(WAIT);

            server.awaitSettled(Duration.ofSeconds(5));
            assertThat(server.bytesWritten()).isLessThan(50 << 20);
        }
    }

    private static List<Draft<Story>> drafts(Flux<StreamEvent> events) {
        return Objects.requireNonNull(STORY.drafts(events).collectList().block(WAIT));
    }

    private static Flux<StreamEvent> begin() {
        return Flux.just(
                new MessageStart(Message.builder("msg_1", "m").build()), new ContentBlockStart(0, new TextBlock("")));
    }

    private static StreamEvent delta(String text) {
        return new ContentBlockDelta(0, new TextDelta(text));
    }

    private static Flux<StreamEvent> answer(StopReason reason, String... pieces) {
        return Flux.concat(
                begin(),
                Flux.fromArray(pieces).map(DraftTests::delta),
                Flux.just(new ContentBlockStop(0), MessageDelta.of(reason, 5), new MessageStop()));
    }

    private static String[] pieces(String text, int size) {
        List<String> pieces = new ArrayList<>();
        for (int i = 0; i < text.length(); i += size) {
            pieces.add(text.substring(i, Math.min(text.length(), i + size)));
        }
        return pieces.toArray(String[]::new);
    }

    /** Only the last member or element may have changed, and only by growing; strings at their end. */
    private static boolean hasGrown(@Nullable Object before, @Nullable Object after) {
        if (before instanceof Map<?, ?> old && after instanceof Map<?, ?> now) {
            return List.copyOf(now.keySet()).subList(0, old.size()).equals(List.copyOf(old.keySet()))
                    && hasGrown(old.values().iterator(), now.values().iterator());
        }
        if (before instanceof List<?> old && after instanceof List<?> now) {
            return old.size() <= now.size() && hasGrown(old.iterator(), now.iterator());
        }
        if (before instanceof String old && after instanceof String now) {
            return now.startsWith(old);
        }
        return Objects.equals(before, after);
    }

    private static boolean hasGrown(Iterator<?> before, Iterator<?> after) {
        while (before.hasNext()) {
            Object old = before.next();
            Object now = after.next();
            if (before.hasNext() ? !Objects.equals(old, now) : !hasGrown(old, now)) {
                return false;
            }
        }
        return true;
    }
}
