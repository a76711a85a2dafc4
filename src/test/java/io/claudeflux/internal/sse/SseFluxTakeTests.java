package io.claudeflux.internal.sse;

import static io.claudeflux.internal.sse.SseFluxTests.decode;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A handler that takes frames as bytes sees the same as one that does not: their order, their end, their failures. */
@ExtendWith(DroppedSignals.class)
class SseFluxTakeTests {
    private final BodyProbe body = new BodyProbe();
    private final Taking handler = new Taking();
    private final Recorder consumer = Recorder.of(decode(body, () -> handler));

    /** Frames with one letter of data are taken, longer ones are not. */
    private static String frames(String... words) {
        return "event: w\ndata: " + String.join("\n\nevent: w\ndata: ", words) + "\n\n";
    }

    @Test
    void framesOfBothWaysComeInTheirOrder() {
        consumer.request(9);
        body.next(frames("a", "long", "b", "c") + "\n: d\nid: 7\n" + frames("e", "longer", "f"));
        assertThat(consumer.signals()).containsExactly("a", "long", "b", "c", "e", "longer", "f");
        assertThat(handler.taken).containsExactly("a", "b", "c", "e", "f");
    }

    @Test
    void onlyWhatBeginsAFrameIsOffered() {
        consumer.request(9);
        body.next("data: x\n" + frames("a") + "event: y\n" + frames("b") + "eve");
        body.next("nt: w\ndata: c\n\n");
        assertThat(consumer.signals()).containsExactly("x\na", "b", "c");
        assertThat(handler.taken).isEmpty();
    }

    @Test
    void frameThatIsCutIsReadWhenTheRestIsThere() {
        consumer.request(9);
        body.next("event: w\ndata: a\n");
        body.next("\n" + frames("b"));
        assertThat(consumer.signals()).containsExactly("a", "b");
        assertThat(handler.taken).containsExactly("b");
    }

    @Test
    void lineEndInTwoHalvesIsOneLineEnd() {
        consumer.request(9);
        body.next("data: x\r\n\r");
        body.next("\n" + frames("a", "b"));
        body.next("data: y\r\r" + frames("c"));
        assertThat(consumer.signals()).containsExactly("x", "a", "b", "y", "c");
        assertThat(handler.taken).containsExactly("b", "c");
    }

    @Test
    void bytesOfAnEarlierBufferAreNeverOfferedAgain() {
        consumer.request(9);
        body.next(frames("a"));
        body.next(frames("b"));
        body.next(frames("c", "d"));
        assertThat(consumer.signals()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void moreThanIsCopiedAtOnceIsReadInPieces() {
        consumer.request(10_000);
        body.next(frames("a").repeat(2_000)
                + frames("x".repeat(50)).repeat(90)
                + frames("b").repeat(1_000));
        assertThat(consumer.signals()).hasSize(3_090).startsWith("a").endsWith("b");
        assertThat(handler.taken).hasSize(3_000);
    }

    @Test
    void nothingIsTakenBehindTheEndOfTheProtocol() {
        consumer.request(9);
        body.next(frames("a", ".", "b", "long", "c"));
        assertThat(handler.taken).containsExactly("a", ".");
        body.complete();
        assertThat(consumer.signals()).containsExactly("a", ".", "complete");
    }

    @Test
    void nothingIsTakenBehindACancel() {
        handler.onTake = consumer::cancel;
        consumer.request(9);
        body.next(frames("a", "b", "long", "c"));
        assertThat(handler.taken).containsExactly("a");
        assertThat(consumer.signals()).isEmpty();
    }

    @Test
    void failureComesBehindWhatWasTakenBeforeIt() {
        consumer.request(1);
        body.next(frames("a", "b", "!", "c"));
        assertThat(consumer.signals()).containsExactly("a");
        consumer.request(9);
        assertThat(consumer.signals()).containsExactly("a", "b", "error: mapped bad word");
        assertThat(body.isCancelled()).isTrue();
    }

    @Test
    void frameBeyondTheLimitsIsNotOffered() {
        consumer.request(9);
        body.next(frames("a") + "event: w\nfoo: " + "x".repeat(200) + "\ndata: a\n\n" + "event: " + "w".repeat(94));
        assertThat(consumer.signals())
                .hasSize(3)
                .last()
                .asString()
                .contains("line")
                .contains("100");
        assertThat(handler.longest).isLessThanOrEqualTo(100);
    }

    /** Knows frames of one letter of data, down to the byte. */
    private static final class Taking implements FrameHandler<String> {
        private static final byte[] START = "event: w\ndata: ".getBytes(US_ASCII);

        private final List<String> taken = new ArrayList<>();
        private Runnable onTake = () -> {};
        private int longest;
        private boolean isDone;

        @Override
        public int take(byte[] bytes, int from, int end, Consumer<? super String> out) {
            assertThat(bytes[from]).isEqualTo((byte) 'e');
            longest = Math.max(longest, end - from);
            String text = new String(bytes, from, end - from, US_ASCII);
            int letter = from + START.length;
            if (!text.startsWith("event: w\ndata: ") || !text.startsWith("\n\n", START.length + 1)) {
                return from;
            }
            String word = String.valueOf((char) bytes[letter]);
            taken.add(word);
            onTake.run();
            if (word.equals("!")) {
                throw new IllegalStateException("bad word");
            }
            out.accept(word);
            isDone = word.equals(".");
            return letter + 3;
        }

        @Override
        public void onFrame(SseFrame frame, Consumer<? super String> out) {
            out.accept(frame.data());
        }

        @Override
        public void onEnd(@Nullable SseFrame unfinished, Consumer<? super String> out) {}

        @Override
        public boolean isDone() {
            return isDone;
        }

        @Override
        public Throwable onFailure(Throwable error) {
            return new WordHandler.Mapped(error);
        }
    }
}
