package io.claudeflux.internal.http;

import io.claudeflux.error.FailureContext;
import io.claudeflux.error.StreamException;
import io.claudeflux.error.StreamException.Fault;
import io.claudeflux.error.StreamException.Kind;
import io.claudeflux.message.Json;
import io.claudeflux.message.Response;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import reactor.core.publisher.Mono;

/**
 * A body that is one JSON value, read whole and up to a limit, beyond which its connection is closed. Buffers are
 * copied from while the body hands them over, and never kept or released here. Messages quote nothing of it.
 */
final class JsonAnswer {
    private final HttpBody body;
    private final int maxBytes;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private JsonAnswer(HttpBody body, int maxBytes) {
        this.body = body;
        this.maxBytes = maxBytes;
    }

    static Mono<Response<Json>> read(HttpBody body, int maxBytes) {
        return Mono.defer(() -> {
            JsonAnswer answer = new JsonAnswer(body, maxBytes);
            return body.bytes()
                    // One at a time, which is what the clocks count by; each is done with before the next is asked for.
                    .concatMap(answer::add, 1)
                    .then(Mono.fromSupplier(() -> new Response<>(answer.parsed(), body.head())));
        });
    }

    private Mono<Void> add(ByteBuf buffer) {
        if (bytes.size() + buffer.readableBytes() > maxBytes) {
            throw fault(Fault.of(Kind.LIMIT, "response_body"), "the answer exceeds " + maxBytes + " bytes");
        }
        body.progressed().run();
        byte[] copy = new byte[buffer.readableBytes()];
        buffer.getBytes(buffer.readerIndex(), copy);
        bytes.writeBytes(copy);
        return Mono.empty();
    }

    private Json parsed() {
        try {
            return Json.parse(bytes.toString(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notJson) {
            throw fault(Fault.of(Kind.PROTOCOL, "bad_json"), "the answer is not JSON, although it says so");
        }
    }

    private StreamException fault(Fault fault, String sentence) {
        return new StreamException(
                fault,
                sentence,
                null,
                FailureContext.attempted(false)
                        .withRequestId(body.head().requestId().orElse(null)));
    }
}
