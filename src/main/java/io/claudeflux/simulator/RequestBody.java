package io.claudeflux.simulator;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Reads what a request brings. Bytes are copied off Netty's buffers, which Reactor Netty releases, and counted: of a
 * body over the API's limit everything is read and nothing kept, so that the client gets to see the refusal.
 */
final class RequestBody {

    static final int MAX_BYTES = 32 * 1024 * 1024;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long size;

    private RequestBody() {}

    /** The body as text; of one that is too large only {@link #isTooLarge the size} can be told. */
    static Mono<RequestBody> read(HttpServerRequest in) {
        return in.receive().asByteArray().collect(RequestBody::new, RequestBody::add);
    }

    private void add(byte[] more) {
        size += more.length;
        if (isTooLarge()) {
            bytes.reset();
        } else {
            bytes.writeBytes(more);
        }
    }

    boolean isTooLarge() {
        return size > MAX_BYTES;
    }

    String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Header values by lower-case name, in the order of their coming. */
    static Map<String, List<String>> headers(HttpServerRequest in) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        in.requestHeaders()
                .forEach(header -> headers.computeIfAbsent(
                                header.getKey().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                        .add(header.getValue()));
        headers.replaceAll((name, values) -> List.copyOf(values));
        return Map.copyOf(headers);
    }
}
