package io.claudeflux.speed.client;

import reactor.netty.http.client.HttpClient;

/** Reactor Netty counting bytes: what the network alone costs, and no client on top of it can be cheaper. */
final class FloorClient implements StreamClient {
    private final HttpClient http;
    private final String baseUrl;

    FloorClient(String baseUrl, int streams) {
        this.baseUrl = baseUrl;
        this.http = Connections.http(streams);
    }

    @Override
    public void open(OpenStream stream) {
        Connections.post(http, baseUrl).subscribe(stream::bytes, stream::failed, stream::completed);
    }
}
