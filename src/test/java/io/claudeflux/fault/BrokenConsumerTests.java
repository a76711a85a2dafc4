package io.claudeflux.fault;

import static io.claudeflux.fault.Expect.done;
import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.hang;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.fixture.Script;
import io.claudeflux.stream.StreamEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/** A consumer that throws where the rules forbid it harms nobody but itself. */
@Timeout(60)
class BrokenConsumerTests {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Script HANGING = reply(h200(), chunk(ms() + bs(0) + d(0, "x")), hang());
    private static final Script GOOD = reply(h200(), chunk(good("hi")), end());

    /** Throws at the first item, and perhaps cancels ahead of that. */
    private static final class Broken implements CoreSubscriber<StreamEvent> {
        private final boolean cancels;
        private final List<String> heard = new CopyOnWriteArrayList<>();
        private Runnable cancel = () -> {};

        Broken(boolean cancels) {
            this.cancels = cancels;
        }

        @Override
        public void onSubscribe(Subscription given) {
            cancel = given::cancel;
            given.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(StreamEvent event) {
            heard.add(event.type());
            if (cancels) {
                cancel.run();
            }
            throw new IllegalStateException("broken on purpose");
        }

        @Override
        public void onError(Throwable error) {
            heard.add(String.valueOf(error.getMessage()));
        }

        @Override
        public void onComplete() {
            heard.add("complete");
        }
    }

    @Test
    void theConnectionAndThePermitOfAConsumerThatThrowsAreLetGo() throws InterruptedException {
        assertLetGo(new Broken(false));
    }

    @Test
    void aConsumerThatCancelsAndThrowsIsNoOtherCase() throws InterruptedException {
        assertLetGo(new Broken(true));
    }

    private static void assertLetGo(Broken broken) throws InterruptedException {
        try (FaultBench bench = FaultBench.serving(b -> b.maxConcurrentRequests(1), HANGING, GOOD)) {
            bench.client().messages().stream(FaultBench.request()).subscribe(broken);
            bench.server().awaitConns(1, SOON);
            bench.server().connection(0).awaitPeerClose(SOON);
            done("hi").accept(bench.stream());
            assertThat(broken.heard).containsExactly("message_start");
        }
    }
}
