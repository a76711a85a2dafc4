package io.claudeflux.simulator;

import io.claudeflux.message.Json;
import io.netty.channel.FixedRecvByteBufAllocator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient.ResponseReceiver;

/** A plain HTTP client for the simulator, so that its tests depend on no client of the API. Every wait is bounded. */
final class Calls {

    static final String STREAM_REQUEST = request(true, "Explain backpressure.");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final ClaudeSimulator claude;

    Calls(ClaudeSimulator claude) {
        this.claude = claude;
    }

    static String request(boolean stream, String prompt) {
        return Json.of(Fields.of(
                        "model",
                        "claude-sonnet-5-5",
                        "max_tokens",
                        1024,
                        "stream",
                        stream,
                        "messages",
                        List.of(Fields.of("role", "user", "content", prompt))))
                .text();
    }

    /** A streamed answer, read to its end. */
    HttpResponse<String> stream() {
        return post(STREAM_REQUEST);
    }

    HttpResponse<String> post(String body) {
        return send(to("/v1/messages", body));
    }

    HttpRequest.Builder to(String path, String body) {
        return HttpRequest.newBuilder(URI.create(claude.baseUrl() + path))
                .header("x-api-key", "test")
                .header("anthropic-version", "2023-06-01")
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    static HttpResponse<String> send(HttpRequest.Builder request) {
        CompletableFuture<HttpResponse<String>> response =
                HTTP.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        try {
            return response.get(10, TimeUnit.SECONDS);
        } catch (Exception failed) {
            response.cancel(true);
            throw new IllegalStateException(failed);
        }
    }

    /** The pieces of a streamed answer, one for each HTTP chunk; ends in an error when the connection breaks. */
    Flux<byte[]> chunks() {
        return chunks(STREAM_REQUEST);
    }

    Flux<byte[]> chunks(String body) {
        return post(reactor.netty.http.client.HttpClient.newConnection().baseUrl(claude.baseUrl()), body)
                .response((response, in) -> in.asByteArray());
    }

    /** A streamed request on this client; the receive buffer is large enough for a chunk to arrive in one piece. */
    static ResponseReceiver<?> post(reactor.netty.http.client.HttpClient http, String body) {
        return http.doOnChannelInit((observer, channel, address) ->
                        channel.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(64 * 1024)))
                .headers(headers -> headers.set("x-api-key", "test").set("anthropic-version", "2023-06-01"))
                .post()
                .uri("/v1/messages")
                .send((request, out) -> out.sendString(Mono.just(body)));
    }

    Flux<String> textChunks() {
        return chunks().map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** A connection that has asked for a stream and reads nothing of it. */
    Socket openWithoutReading() {
        try {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), claude.port());
            byte[] body = STREAM_REQUEST.getBytes(StandardCharsets.UTF_8);
            String head = "POST /v1/messages HTTP/1.1\r\nhost: localhost\r\nx-api-key: test\r\n"
                    + "anthropic-version: 2023-06-01\r\ncontent-length: " + body.length + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(body);
            return socket;
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** The names of the events of a stream. */
    static List<String> names(String sse) {
        return lines(sse, "event: ").toList();
    }

    /** The data of the events of a stream. */
    static List<Json> data(String sse) {
        return lines(sse, "data: ").map(Json::parse).toList();
    }

    /** The text deltas of a stream, joined. */
    static String text(String sse) {
        return String.join("", deltas(sse, "text"));
    }

    /** A member of each delta that has it. */
    static List<String> deltas(String sse, String member) {
        return data(sse).stream()
                .flatMap(event -> event.get("delta").stream())
                .flatMap(delta -> delta.get(member).stream())
                .flatMap(value -> value.asString().stream())
                .toList();
    }

    private static Stream<String> lines(String sse, String start) {
        return sse.lines().filter(line -> line.startsWith(start)).map(line -> line.substring(start.length()));
    }
}
