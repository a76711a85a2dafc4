package io.claudeflux.stream;

import static io.claudeflux.stream.Events.cite;
import static io.claudeflux.stream.Events.d;
import static io.claudeflux.stream.Events.done;
import static io.claudeflux.stream.Events.end;
import static io.claudeflux.stream.Events.input;
import static io.claudeflux.stream.Events.raw;
import static io.claudeflux.stream.Events.signature;
import static io.claudeflux.stream.Events.start;
import static io.claudeflux.stream.Events.stop;
import static io.claudeflux.stream.Events.text;
import static io.claudeflux.stream.Events.thinking;
import static io.claudeflux.stream.Events.thought;
import static io.claudeflux.stream.Events.tool;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.fixture.HookProbe;
import io.claudeflux.fixture.Transcripts;
import io.claudeflux.message.Citation;
import io.claudeflux.message.Message;
import io.claudeflux.message.TextBlock;
import io.claudeflux.message.ThinkingBlock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Views of a stream, one by one and several at once. */
class MessageStreamTests {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String PLACE = "{\"type\":\"char_location\",\"cited_text\":\"x\"}";

    private static final List<StreamEvent> ANSWER = List.of(
            start(),
            thinking(0),
            thought(0, "hm"),
            thought(0, "m"),
            signature(0, "s"),
            stop(0),
            new Ping(),
            text(1),
            d(1, "a"),
            cite(1, PLACE),
            d(1, "b"),
            stop(1),
            tool(2),
            input(2, ""),
            input(2, "{\"x\":"),
            input(2, "1}"),
            stop(2),
            end(),
            done());

    private static MessageStream answer() {
        return MessageStream.of(Flux.fromIterable(ANSWER));
    }

    @Test
    void eachViewShowsItsPartOfTheAnswer() {
        answer().text()
                .as(StepVerifier::create)
                .expectNext("a", "b")
                .expectComplete()
                .verify(SOON);
        answer().thinking()
                .as(StepVerifier::create)
                .expectNext("hm", "m")
                .expectComplete()
                .verify(SOON);
        answer().citations()
                .map(Citation::type)
                .as(StepVerifier::create)
                .expectNext("char_location")
                .expectComplete()
                .verify(SOON);
        answer().toolInput()
                .map(ToolInput::raw)
                .as(StepVerifier::create)
                .expectNext("", "{\"x\":", "{\"x\":1}", "{\"x\":1}")
                .expectComplete()
                .verify(SOON);
        answer().message()
                .map(Message::text)
                .as(StepVerifier::create)
                .expectNext("ab")
                .expectComplete()
                .verify(SOON);
        answer().events()
                .as(StepVerifier::create)
                .expectNextSequence(ANSWER)
                .expectComplete()
                .verify(SOON);
    }

    @ParameterizedTest
    @EnumSource(names = {"THINKING_TEXT_TOOL", "SEARCH_CITATIONS_MAX_TOKENS", "REFUSAL"})
    void viewsJoinedAreTheMessage(Transcripts transcript) {
        MessageStream stream = MessageStream.of(Flux.fromIterable(Events.of(transcript)));
        Message message = stream.message().block(SOON);
        assertThat(message).isNotNull();
        assertThat(String.join("", all(stream.text()))).isEqualTo(message.text());
        StringBuilder thoughts = new StringBuilder();
        message.content().forEach(block -> thoughts.append(block instanceof ThinkingBlock b ? b.thinking() : ""));
        assertThat(String.join("", all(stream.thinking()))).isEqualTo(thoughts.toString());
        assertThat(all(stream.citations()))
                .isEqualTo(message.content().stream()
                        .filter(TextBlock.class::isInstance)
                        .flatMap(block -> ((TextBlock) block).citations().stream())
                        .toList());
    }

    @Test
    void whatABlockBeginsWithIsShownToo() {
        MessageStream stream = MessageStream.of(Flux.just(
                start(),
                raw(0, "{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"\"}"),
                stop(0),
                raw(1, "{\"type\":\"text\",\"text\":\"a\",\"citations\":[" + PLACE + "]}"),
                d(1, "b"),
                stop(1),
                end(),
                done()));
        assertThat(all(stream.text())).containsExactly("a", "b");
        assertThat(all(stream.thinking())).containsExactly("hm");
        assertThat(all(stream.citations())).hasSize(1);
    }

    @Test
    void everyViewIsASubscriptionOfItsOwn() {
        AtomicLong requests = new AtomicLong();
        MessageStream stream =
                MessageStream.of(Flux.fromIterable(ANSWER).doOnSubscribe(s -> requests.incrementAndGet()));
        assertThat(requests).hasValue(0);
        all(stream.text());
        all(stream.toolInput());
        all(stream.toolInput());
        assertThat(requests).hasValue(3);
    }

    @Test
    void severalViewsShareOneRequest() {
        AtomicLong requests = new AtomicLong();
        Flux<String> page = Flux.fromIterable(ANSWER)
                .doOnSubscribe(s -> requests.incrementAndGet())
                .publish(MessageStreamTests::page);
        page.as(StepVerifier::create)
                .expectNext("thinks: hm", "thinks: m", "a", "b", "calls n: 0", "calls n: 5", "calls n: 7", "calls n: 7")
                .expectNext("end: ab")
                .expectComplete()
                .verify(SOON);
        assertThat(requests).hasValue(1);
    }

    /** What the documentation of {@link MessageStream} shows. */
    private static Flux<String> page(Flux<StreamEvent> shared) {
        MessageStream answer = MessageStream.of(shared);
        return Flux.merge(
                answer.thinking().map(thought -> "thinks: " + thought).onErrorComplete(),
                answer.toolInput()
                        .map(call -> "calls " + call.name() + ": " + call.raw().length())
                        .onErrorComplete(),
                answer.message().map(message -> "end: " + message.text()).onErrorComplete(),
                answer.text());
    }

    @Test
    void failureOfASharedStreamIsToldOnceAndDroppedNowhere() {
        Flux<String> page = Flux.fromIterable(ANSWER.subList(0, 9))
                .concatWith(Flux.error(new IllegalStateException("broke")))
                .publish(MessageStreamTests::page);
        try (HookProbe probe = HookProbe.install()) {
            page.as(StepVerifier::create)
                    .expectNext("thinks: hm", "thinks: m", "a")
                    .expectErrorMessage("broke")
                    .verify(SOON);
            probe.assertNothingDropped();
        }
    }

    @Test
    void demandOfASharedStreamIsBounded() {
        AtomicLong asked = new AtomicLong();
        Flux<StreamEvent> events = Flux.concat(
                Flux.<StreamEvent>just(start(), text(0)), Flux.range(0, 100_000).map(i -> d(0, "x")));
        Flux<String> page = events.doOnNext(next -> asked.incrementAndGet()).publish(shared -> {
            MessageStream answer = MessageStream.of(shared);
            return Flux.merge(answer.text(), answer.thinking());
        });
        StepVerifier.create(page, 1)
                .expectNext("x")
                .then(() -> assertThat(asked.get()).isLessThan(1_000))
                .thenRequest(1)
                .expectNext("x")
                .thenCancel()
                .verify(SOON);
    }

    @Test
    void demandOfAViewReachesTheEvents() {
        AtomicLong handed = new AtomicLong();
        Flux<StreamEvent> events = Flux.<StreamEvent>fromIterable(ANSWER).doOnNext(e -> handed.incrementAndGet());
        StepVerifier.create(MessageStream.of(events).text(), 1)
                .expectNext("a")
                .then(() -> assertThat(handed).hasValue(9))
                .thenCancel()
                .verify(SOON);
    }

    @Test
    void citationsAskForNothingAhead() {
        AtomicLong handed = new AtomicLong();
        Flux<StreamEvent> events = Flux.concat(
                        Flux.fromIterable(ANSWER.subList(0, 10)),
                        Flux.range(0, 1_000).map(i -> cite(1, PLACE)))
                .doOnNext(e -> handed.incrementAndGet());
        StepVerifier.create(MessageStream.of(events).citations(), 2)
                .expectNextCount(2)
                .then(() -> assertThat(handed.get()).isLessThan(14))
                .thenCancel()
                .verify(SOON);
    }

    @Test
    void viewFailsAsTheEventsDo() {
        Flux<StreamEvent> broken = Flux.<StreamEvent>just(start(), tool(0), input(0, "{"))
                .concatWith(Mono.error(new IllegalStateException("broke")));
        MessageStream.of(broken)
                .toolInput()
                .map(ToolInput::raw)
                .as(StepVerifier::create)
                .expectNext("", "{")
                .expectErrorMessage("broke")
                .verify(SOON);
    }

    private static <T> List<T> all(Flux<T> view) {
        return view.collectList().blockOptional(SOON).orElseThrow();
    }
}
