package io.claudeflux.internal.http;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The beginning of a body as text, however long or slow the body is.
 *
 * <p>Reads at most {@code max} bytes and for at most five seconds, then cancels the body, which closes the connection.
 * A body that breaks off is as good as one that ends: the text is for an error's message. Buffers are copied from while
 * the body hands them over, and never kept or released here.
 */
final class BoundedText {
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final int max;

    private BoundedText(int max) {
        this.max = max;
    }

    static Mono<String> read(Flux<ByteBuf> body, int max, Scheduler timer) {
        return Mono.defer(() -> {
            BoundedText text = new BoundedText(max);
            return body.takeUntil(text::isFullWith)
                    .take(LONGEST, timer)
                    .onErrorComplete()
                    .then(Mono.fromSupplier(text::asString));
        });
    }

    private boolean isFullWith(ByteBuf buffer) {
        int length = Math.min(buffer.readableBytes(), max - bytes.size());
        byte[] copy = new byte[length];
        buffer.getBytes(buffer.readerIndex(), copy);
        bytes.writeBytes(copy);
        return bytes.size() >= max;
    }

    private String asString() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
