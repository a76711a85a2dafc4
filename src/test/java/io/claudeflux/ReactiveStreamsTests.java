package io.claudeflux;

import static io.claudeflux.fixture.Frames.be;
import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.errorJson;
import static io.claudeflux.fixture.Frames.md;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Frames.st;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.chunksOf;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.flood;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.json;

import io.claudeflux.fixture.Await;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.gate.TckRules;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.stream.StreamEvent;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import org.testng.annotations.Test;

/**
 * F24: the rules of Reactive Streams on the publishers of the public API, over real connections.
 *
 * <p>Each publisher has a server of its own that answers with as many events as the rule asks for, cut into chunks that
 * end nowhere in particular. The one rule that asks for two billion elements cancels after a few, and gets a server
 * that never stops.
 */
@Timeout(300)
class ReactiveStreamsTests {
    private static final long LONGEST_WHOLE_ANSWER = 10_000;
    private static final int CHUNK = 97;
    private static final Duration LONGEST_GRIP = Duration.ofSeconds(20);

    private final List<AutoCloseable> opened = new CopyOnWriteArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : opened) {
            closeable.close();
        }
    }

    @TestFactory
    @DisplayName("F24 stream(request)")
    Stream<DynamicTest> eventsKeepTheRules() {
        return TckRules.of(() -> new Answers<StreamEvent>(
                // No answer has fewer than three events, but some rules ask for fewer.
                count -> answer(
                        script(count, events(count)),
                        messages -> messages.stream(request()).skip(Math.max(0, 3 - count))),
                () -> failed(messages -> messages.stream(request()))));
    }

    @TestFactory
    @DisplayName("F24 streamText(request)")
    Stream<DynamicTest> textKeepsTheRules() {
        return TckRules.of(() -> new Answers<String>(
                count -> answer(script(count, texts(count)), messages -> messages.streamText(request())),
                () -> failed(messages -> messages.streamText(request()))));
    }

    private static MessageRequest request() {
        return MessageRequest.builder().model("m").maxTokens(1).user("hi").build();
    }

    private static Script script(long count, String frames) {
        if (count > LONGEST_WHOLE_ANSWER) {
            return reply(h200(), chunk(ms() + bs(0)), flood(Long.MAX_VALUE - CHUNK, d(0, "piece")));
        }
        return reply(h200(), chunksOf(frames.getBytes(StandardCharsets.UTF_8), CHUNK), end());
    }

    /** An answer of exactly so many events, but at least three. */
    private static String events(long count) {
        return count < 5 ? ms() + md().repeat((int) Math.max(1, count - 2)) + st() : texts(count - 5);
    }

    /** An answer with exactly so many pieces of text. */
    private static String texts(long count) {
        int pieces = (int) Math.min(count, LONGEST_WHOLE_ANSWER);
        return ms() + bs(0) + d(0, "piece").repeat(pieces) + be(0) + md() + st();
    }

    private <T> Publisher<T> answer(Script script, Function<Messages, Publisher<T>> call) {
        return call.apply(messages(script));
    }

    /** A call that is refused by status, which is signalled whatever the demand. */
    private <T> Publisher<T> failed(Function<Messages, Publisher<T>> call) {
        return call.apply(messages(reply(json(400, errorJson("invalid_request_error", "no")))));
    }

    private Messages messages(Script script) {
        ScriptedServer server = ScriptedServer.start(script);
        ClaudeClient client = ClaudeClient.builder()
                .apiKey("sk-ant-TESTKEY-0123456789abcdef")
                .baseUrl(server.baseUrl())
                .build();
        opened.add(client);
        opened.add(server);
        return client.messages();
    }

    private static final class Answers<T> extends PublisherVerification<T> {
        private final LongFunction<Publisher<T>> answer;
        private final Supplier<Publisher<T>> failure;

        Answers(LongFunction<Publisher<T>> answer, Supplier<Publisher<T>> failure) {
            super(new TestEnvironment(2_000, 200));
            this.answer = answer;
            this.failure = failure;
        }

        @Override
        public Publisher<T> createPublisher(long elements) {
            return answer.apply(elements);
        }

        @Override
        public Publisher<T> createFailedPublisher() {
            return failure.get();
        }

        @Override
        public long maxElementsFromPublisher() {
            return Integer.MAX_VALUE;
        }

        /**
         * The original collects garbage once and waits 300 ms; a cancel that is carried out on an event loop of a busy
         * machine may take longer to let go.
         */
        @Override
        @Test
        public void required_spec313_cancelMustMakeThePublisherEventuallyDropAllReferencesToTheSubscriber()
                throws Throwable {
            WeakReference<?> subscriber = subscribeAndCancel(createPublisher(3));
            Await.untilOrFail("The reference to the cancelled subscriber is dropped", LONGEST_GRIP, () -> {
                System.gc();
                return subscriber.get() == null;
            });
        }

        private WeakReference<?> subscribeAndCancel(Publisher<T> publisher) throws InterruptedException {
            TestEnvironment environment = new TestEnvironment(2_000, 200);
            TestEnvironment.ManualSubscriber<T> subscriber = environment.newManualSubscriber(publisher);
            subscriber.requestNextElement();
            subscriber.cancel();
            return new WeakReference<>(subscriber);
        }
    }
}
