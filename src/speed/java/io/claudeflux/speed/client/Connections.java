package io.claudeflux.speed.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** The connections of Reactor Netty, for the clients that are written on top of it: as many as there are streams. */
final class Connections {
    static final String REQUEST = """
            {"model":"claude-sonnet-5-5","max_tokens":1024,"stream":true,\
            "messages":[{"role":"user","content":"Hello"}]}""";

    private Connections() {}

    static HttpClient http(int streams) {
        return HttpClient.create(ConnectionProvider.builder("speed")
                .maxConnections(streams + 1)
                .pendingAcquireMaxCount(-1)
                .build());
    }

    /** The body of the answer to one request. */
    static ByteBufFlux post(HttpClient http, String baseUrl) {
        return http.headers(headers ->
                        headers.set("content-type", "application/json").set("x-api-key", "speed"))
                .post()
                .uri(baseUrl + "/v1/messages")
                .send(Mono.fromSupplier(Connections::request))
                .responseContent();
    }

    private static ByteBuf request() {
        return Unpooled.wrappedBuffer(REQUEST.getBytes(UTF_8));
    }
}
