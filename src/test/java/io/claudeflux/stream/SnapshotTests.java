package io.claudeflux.stream;

import static io.claudeflux.stream.Events.d;
import static io.claudeflux.stream.Events.done;
import static io.claudeflux.stream.Events.end;
import static io.claudeflux.stream.Events.fold;
import static io.claudeflux.stream.Events.input;
import static io.claudeflux.stream.Events.signature;
import static io.claudeflux.stream.Events.start;
import static io.claudeflux.stream.Events.stop;
import static io.claudeflux.stream.Events.text;
import static io.claudeflux.stream.Events.thinking;
import static io.claudeflux.stream.Events.thought;
import static io.claudeflux.stream.Events.tool;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.fixture.Transcripts;
import io.claudeflux.message.Json;
import io.claudeflux.message.Message;
import io.claudeflux.message.PartialMessage;
import io.claudeflux.message.TextBlock;
import io.claudeflux.message.ThinkingBlock;
import io.claudeflux.message.ToolUseBlock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** The message while it grows, and as much of it as a bound lets one keep. */
class SnapshotTests {
    @ParameterizedTest
    @EnumSource(Transcripts.class)
    void snapshotAtEveryEventContinuesTheOneBefore(Transcripts transcript) {
        MessageAccumulator message = new MessageAccumulator();
        Message before = null;
        for (StreamEvent event : Events.of(transcript)) {
            Message now = message.add(event).snapshot();
            assertThat(message.snapshot()).isEqualTo(now);
            assertThat(Json.of(now).as(Message.class).content()).hasSameSizeAs(now.content());
            if (before != null) {
                assertThat(now.text()).startsWith(before.text());
                assertThat(now.content())
                        .hasSizeGreaterThanOrEqualTo(before.content().size());
                assertThat(now.usage().outputTokens())
                        .isGreaterThanOrEqualTo(before.usage().outputTokens());
            }
            before = now;
        }
        assertThat(message.isComplete()).isEqualTo(transcript.isComplete());
    }

    @Test
    void snapshotsShowEachChange() {
        Flux<StreamEvent> events = Flux.just(
                start(),
                text(0),
                d(0, "a"),
                new Ping(),
                d(0, "b"),
                new UnknownEvent("x", Json.emptyObject()),
                stop(0),
                end(),
                done());
        Flux<Message> snapshots = MessageAccumulator.snapshots(events);

        snapshots
                .map(Message::text)
                .as(StepVerifier::create)
                .expectNext("", "", "a", "ab", "ab", "ab", "ab")
                .expectComplete()
                .verify(Duration.ofSeconds(5));
        assertThat(snapshots.blockLast(Duration.ofSeconds(5)))
                .as("a second subscription folds anew")
                .isEqualTo(MessageAccumulator.toMessage(events).block(Duration.ofSeconds(5)));
    }

    @Test
    void snapshotIsNotChangedByWhatComesLater() {
        MessageAccumulator message = fold(start(), text(0), d(0, "a"), tool(1), input(1, "{\"k\":\"v"));
        Message early = message.snapshot();
        message.add(d(0, "b")).add(input(1, "w\"}")).add(stop(1)).add(stop(0));
        assertThat(early.text()).isEqualTo("a");
        assertThat(((ToolUseBlock) early.content().get(1)).input()).isEqualTo(Json.parse("{\"k\":\"v\"}"));
        assertThat(message.snapshot().text()).isEqualTo("ab");
    }

    @Test
    void eventsThatEndEarlyAreNoMessage() {
        MessageAccumulator.toMessage(Flux.just(start(), text(0), d(0, "a")))
                .as(StepVerifier::create)
                .expectError(IllegalStateException.class)
                .verify(Duration.ofSeconds(5));
        MessageAccumulator.toMessage(Flux.empty())
                .as(StepVerifier::create)
                .expectError(IllegalStateException.class)
                .verify(Duration.ofSeconds(5));
        MessageAccumulator.toMessage(Flux.<StreamEvent>just(start()).concatWith(Flux.error(new ArithmeticException())))
                .as(StepVerifier::create)
                .expectError(ArithmeticException.class)
                .verify(Duration.ofSeconds(5));
    }

    @Test
    void partialNamesTheOpenBlocksByTheirPlace() {
        MessageAccumulator message = fold(start(), text(0), text(5), tool(9), stop(5), input(9, "{\"a\":1"));
        PartialMessage partial = message.partial();
        assertThat(partial.openBlocks()).containsExactly(0, 2);
        assertThat(partial.message().content()).hasSize(3);
        assertThat(partial.isTruncated()).isFalse();
        assertThat(message.isStarted()).isTrue();
        assertThat(fold().isStarted()).isFalse();
    }

    @ParameterizedTest(name = "bound {0}")
    @ValueSource(longs = {0, 1, 63, 64, 65, 67, 68, 70, 128, 134, 135, 200, 1_000})
    void boundedAccumulatorKeepsAPrefixAndSaysSo(long bound) {
        List<StreamEvent> events = List.of(
                start(),
                text(0),
                d(0, "abc"),
                d(0, "def"),
                stop(0),
                text(1),
                d(1, "gh"),
                stop(1),
                tool(2),
                input(2, "{\"k\":\"v\"}"),
                stop(2),
                end(),
                done());
        MessageAccumulator all = new MessageAccumulator();
        MessageAccumulator bounded = new MessageAccumulator(bound);
        for (StreamEvent event : events) {
            all.add(event);
            bounded.add(event);
            assertThat(all.snapshot().text()).startsWith(bounded.snapshot().text());
            assertThat(bounded.snapshot().text().length()).isLessThanOrEqualTo((int) Math.min(bound, 1_000));
            assertThat(bounded.partial().isTruncated())
                    .isEqualTo(!bounded.snapshot().equals(all.snapshot()));
        }
        assertThat(bounded.isComplete()).isTrue();
        assertThat(bounded.message().usage()).isEqualTo(all.message().usage());
        assertThat(bounded.message().stopReason()).isEqualTo(all.message().stopReason());
    }

    @Test
    void boundHoldsForTenThousandEmptyBlocks() {
        MessageAccumulator bounded = new MessageAccumulator(1_000);
        bounded.add(start());
        for (int i = 0; i < 10_000; i++) {
            bounded.add(text(i)).add(stop(i));
        }
        assertThat(bounded.snapshot().content()).hasSizeLessThan(20);
        assertThat(bounded.partial().isTruncated()).isTrue();
    }

    @Test
    void toolInputCutByTheBoundIsNotTakenForWhole() {
        MessageAccumulator bounded = new MessageAccumulator(64 + "{}".length() + 9);
        bounded.add(start()).add(tool(0)).add(input(0, "{\"a\":\"b\"")).add(input(0, ",\"c\":1}"));
        ToolUseBlock tool =
                (ToolUseBlock) bounded.add(stop(0)).snapshot().content().get(0);
        assertThat(tool.isInputValid()).isFalse();
        assertThat(tool.malformedInput()).contains("{\"a\":\"b\"");
        assertThat(bounded.partial().openBlocks()).isEmpty();
    }

    @Test
    void longTextIsFoldedInLinearTime() {
        MessageAccumulator message = fold(start(), text(0), thinking(1));
        List<StreamEvent> deltas = new ArrayList<>();
        for (int i = 0; i < 200_000; i++) {
            deltas.add(d(0, "0123456789"));
            deltas.add(thought(1, "abc"));
        }
        deltas.forEach(message::add);
        message.add(signature(1, "s")).add(stop(0)).add(stop(1));
        assertThat(((TextBlock) message.snapshot().content().get(0)).text()).hasSize(2_000_000);
        assertThat(((ThinkingBlock) message.snapshot().content().get(1)).thinking())
                .hasSize(600_000);
    }
}
