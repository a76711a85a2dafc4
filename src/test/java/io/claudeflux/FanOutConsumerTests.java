package io.claudeflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.message.Message;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.Response;
import io.claudeflux.stream.StreamEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.publisher.TestPublisher;

/** Followers that are let go on the leader's thread, and consumers that throw there. */
class FanOutConsumerTests {
    private static final MessageRequest LEADER = ask("leader");
    private static final MessageRequest FOLLOWER = ask("follower");

    private final TestPublisher<StreamEvent> leader = TestPublisher.create();
    private final Set<Broken> told = new HashSet<>();

    @Test
    void aConsumerThatThrowsKeepsNeitherTheLeaderNorTheOtherFollowersFromGoing() {
        List<Flux<StreamEvent>> streams = new Refusing().fanOut(LEADER, List.of(FOLLOWER, FOLLOWER, FOLLOWER));
        streams.subList(1, 4).forEach(stream -> stream.subscribe(new Broken()));
        AtomicInteger completed = new AtomicInteger();
        streams.get(0).subscribe(event -> {}, error -> {}, completed::incrementAndGet);

        leader.complete();

        assertThat(told).hasSize(3);
        assertThat(completed).hasValue(1);
    }

    private static MessageRequest ask(String name) {
        return MessageRequest.builder().model(name).maxTokens(64).user("Hi").build();
    }

    /** Refuses followers at once. */
    private final class Refusing implements Messages {
        @Override
        public Flux<StreamEvent> stream(MessageRequest request) {
            return request.equals(LEADER) ? leader.flux() : Flux.error(new IllegalStateException("full"));
        }

        @Override
        public Mono<Message> create(MessageRequest request) {
            return Mono.empty();
        }

        @Override
        public Mono<Response<Message>> createWithResponse(MessageRequest request) {
            return Mono.empty();
        }

        @Override
        public Messages with(CallOptions options) {
            return this;
        }
    }

    private final class Broken implements CoreSubscriber<StreamEvent> {
        @Override
        public void onSubscribe(Subscription s) {
            s.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(StreamEvent event) {}

        @Override
        public void onError(Throwable error) {
            told.add(this);
            throw new IllegalStateException("broken");
        }

        @Override
        public void onComplete() {}
    }
}
