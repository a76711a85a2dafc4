package io.claudeflux.speed.client;

import reactor.netty.http.client.HttpClient;

/**
 * Reactor Netty, a scan for lines and a pull parser: picks the texts out of the bytes, knows no types, checks nothing,
 * has no clocks and tries nothing again. About the least that one can write by hand.
 */
final class PullClient implements StreamClient {
    private final HttpClient http;
    private final String baseUrl;

    PullClient(String baseUrl, int streams) {
        this.baseUrl = baseUrl;
        this.http = Connections.http(streams);
    }

    @Override
    public void open(OpenStream stream) {
        TextLines lines = new TextLines(stream::text);
        Connections.post(http, baseUrl).subscribe(lines::take, stream::failed, stream::completed);
    }
}
