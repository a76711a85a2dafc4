package io.claudeflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.config.RetryPolicy;
import io.claudeflux.error.AdmissionException;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.fixture.Await;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Recorder;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.simulator.ClaudeSimulator;
import io.claudeflux.simulator.Reply;
import io.claudeflux.stream.MessageAccumulator;
import io.claudeflux.stream.StreamEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;

/** Followers that wait for the leader, so that they read the prompt cache it wrote. */
@Timeout(60)
class FanOutTests {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final ClaudeSimulator simulator = ClaudeSimulator.start();
    private final ClaudeClient client = ClaudeClient.builder()
            .apiKey("test")
            .baseUrl(simulator.baseUrl())
            .retry(RetryPolicy.none())
            .build();

    @AfterEach
    void close() {
        client.close();
        simulator.close();
    }

    @Test
    void followersAreSentOnceTheLeaderHasBegun() {
        AtomicInteger cached = new AtomicInteger();
        // As the API does: a cache entry can be read once the answer that writes it has begun.
        simulator.respondWith(request -> {
            boolean isFirst = simulator.requests().size() == 1;
            boolean hasBegun = simulator.requests().get(0).status().isPresent();
            cached.addAndGet(!isFirst && hasBegun ? 1 : 0);
            return Reply.reply("Hello there, all of you").initialDelay(Duration.ofMillis(isFirst ? 300 : 0));
        });
        List<Flux<StreamEvent>> streams = fanOut(4);

        List<Message> answers = Flux.mergeSequential(
                        streams.stream().map(MessageAccumulator::toMessage).toList())
                .collectList()
                .block(SOON);

        assertThat(answers)
                .hasSize(5)
                .allSatisfy(answer -> assertThat(answer.text()).isEqualTo("Hello there, all of you"));
        assertThat(simulator.requests().get(0).header("x-name")).contains("leader");
        assertThat(cached).hasValue(4);
    }

    @Test
    void waitingFollowersHoldNoPermitAndSendNothing() {
        List<Recorder<StreamEvent>> followers = fanOut(3).stream()
                .skip(1)
                .map(stream -> Recorder.subscribe(stream, Long.MAX_VALUE))
                .toList();

        assertThat(client.metrics().permits().inUse()).isZero();
        assertThat(client.metrics().queue().waiting()).isZero();
        assertThat(simulator.requests()).isEmpty();
        followers.forEach(Recorder::cancel);
    }

    @Test
    void aLeaderThatFailsDoesNotKeepItsFollowers() {
        simulator.respondWith(request ->
                request.header("x-name").orElse("").equals("leader") ? Reply.error(529) : Reply.reply("all the same"));
        List<Flux<StreamEvent>> streams = fanOut(2);
        Recorder<StreamEvent> follower = Recorder.subscribe(streams.get(1), Long.MAX_VALUE);

        Outcome<StreamEvent> leader = Outcome.of(streams.get(0));

        assertThat(leader.error()).isInstanceOf(ClaudeException.class);
        assertThat(follower.outcome(SOON).isComplete()).isTrue();
        assertThat(Outcome.of(streams.get(2)).isComplete())
                .as("it does not wait any more")
                .isTrue();
    }

    @Test
    void aLeaderThatIsCancelledDoesNotKeepItsFollowers() {
        simulator.respondWith(request ->
                request.header("x-name").orElse("").equals("leader") ? Reply.silence() : Reply.reply("all the same"));
        List<Flux<StreamEvent>> streams = fanOut(1);
        Recorder<StreamEvent> follower = Recorder.subscribe(streams.get(1), Long.MAX_VALUE);
        Recorder<StreamEvent> leader = Recorder.subscribe(streams.get(0), Long.MAX_VALUE);
        Await.untilOrFail(
                "the leader's request", SOON, () -> simulator.requests().size() == 1);

        leader.cancel();

        assertThat(follower.outcome(SOON).isComplete()).isTrue();
    }

    @Test
    void aFollowerCanBeCancelledWhileItWaits() {
        List<Flux<StreamEvent>> streams = fanOut(2);
        Recorder.subscribe(streams.get(1), Long.MAX_VALUE).cancel();
        Recorder<StreamEvent> second = Recorder.subscribe(streams.get(2), Long.MAX_VALUE);

        assertThat(Outcome.of(streams.get(0)).isComplete()).isTrue();

        assertThat(second.outcome(SOON).isComplete()).isTrue();
        assertThat(simulator.requests()).hasSize(2);
    }

    @Test
    void closingTheClientEndsTheLeaderAndItsFollowers() {
        simulator.respondWith(request -> Reply.silence());
        List<Flux<StreamEvent>> streams = fanOut(1);
        Recorder<StreamEvent> follower = Recorder.subscribe(streams.get(1), Long.MAX_VALUE);
        Recorder<StreamEvent> leader = Recorder.subscribe(streams.get(0), Long.MAX_VALUE);
        Await.untilOrFail(
                "the leader's request", SOON, () -> simulator.requests().size() == 1);

        client.close();

        assertThat(leader.outcome(SOON).error()).isInstanceOf(AdmissionException.class);
        assertThat(follower.outcome(SOON).error()).isInstanceOf(AdmissionException.class);
    }

    private List<Flux<StreamEvent>> fanOut(int followers) {
        return client.messages()
                .fanOut(
                        ask("leader"),
                        IntStream.range(0, followers)
                                .mapToObj(i -> ask("follower-" + i))
                                .toList());
    }

    private static MessageRequest ask(String name) {
        return MessageRequest.builder()
                .model("claude-sonnet-5-5")
                .maxTokens(64)
                .user("Say hello")
                .header("x-name", name)
                .build();
    }
}
