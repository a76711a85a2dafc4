package io.claudeflux.internal.sse;

import static io.claudeflux.internal.sse.SseFluxTests.decode;
import static io.claudeflux.internal.sse.SseFluxTests.words;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** A cancel in every state: the body is cancelled, what waits is discarded, and nothing is ever heard again. */
@ExtendWith(DroppedSignals.class)
class SseFluxCancelTests {

    private final List<Object> discarded = new ArrayList<>();
    private final BodyProbe body = new BodyProbe();
    private final Recorder consumer =
            Recorder.of(decode(body, WordHandler::new), Operators.enableOnDiscard(Context.empty(), discarded::add));

    /** Whatever a body may still send behind a cancel must vanish without a trace. */
    @AfterEach
    void theBodyIsCancelledAndLateSignalsVanish() {
        assertThat(body.isCancelled()).isTrue();
        List<String> before = List.copyOf(consumer.signals());
        int requests = body.requests().size();
        consumer.request(5);
        body.next(words("late", "fail"));
        body.error("late");
        body.complete();
        consumer.request(-1);
        consumer.cancel();
        assertThat(consumer.signals()).isEqualTo(before);
        assertThat(body.requests()).hasSize(requests);
    }

    @Test
    void beforeAnyDemand() {
        consumer.cancel();
        assertThat(consumer.signals()).isEmpty();
    }

    @Test
    void whileABufferIsAwaited() {
        consumer.request(1);
        consumer.cancel();
        assertThat(consumer.signals()).isEmpty();
    }

    @Test
    void whileItemsWait() {
        consumer.request(1);
        body.next(words("a", "b", "c"));
        consumer.cancel();
        assertThat(consumer.signals()).containsExactly("a");
        assertThat(discarded).containsExactly("b", "c");
    }

    @Test
    void insideOnNext() {
        consumer.onItem(item -> consumer.cancel()).request(9);
        body.next(words("a", "b", "c"));
        assertThat(consumer.signals()).containsExactly("a");
        assertThat(discarded).containsExactly("b", "c");
    }

    @Test
    void insideTheLastOnNext() {
        consumer.onItem(item -> {
                    if (item.equals("end")) {
                        consumer.cancel();
                    }
                })
                .request(9);
        body.next(words("a", "end"));
        assertThat(consumer.signals()).containsExactly("a", "end");
    }

    @Test
    void whileAnErrorWaitsBehindItems() {
        consumer.request(1);
        body.next(words("a", "b"));
        body.error("reset");
        consumer.cancel();
        assertThat(consumer.signals()).containsExactly("a");
        assertThat(discarded).containsExactly("b");
    }

    @Test
    void whileACompletionWaitsBehindItems() {
        consumer.request(1);
        body.next(words("a", "end"));
        body.complete();
        consumer.cancel();
        assertThat(consumer.signals()).containsExactly("a");
        assertThat(discarded).containsExactly("end");
    }

    @Test
    void whileABufferIsDecoded() {
        BodyProbe other = new BodyProbe();
        List<Object> lost = new ArrayList<>();
        List<Recorder> recorders = new ArrayList<>();
        recorders.add(Recorder.of(
                decode(other, () -> new CancellingHandler(recorders)),
                Operators.enableOnDiscard(Context.empty(), lost::add)));
        recorders.get(0).request(9);
        other.next(words("a", "b", "c"));
        assertThat(recorders.get(0).signals()).isEmpty();
        assertThat(lost).as("frames behind the cancel are not read").containsExactly("a");
        assertThat(other.isCancelled()).isTrue();
        consumer.cancel();
    }

    /** Stands for a consumer that cancels on another thread while this one decodes. */
    private static final class CancellingHandler extends SseFluxTests.LenientHandler {

        private final List<Recorder> recorders;

        CancellingHandler(List<Recorder> recorders) {
            this.recorders = recorders;
        }

        @Override
        public void onFrame(SseFrame frame, Consumer<? super String> out) {
            super.onFrame(frame, out);
            recorders.get(0).cancel();
        }
    }
}
