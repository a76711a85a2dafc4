package io.claudeflux.example.chat;

import io.claudeflux.fixture.ScriptedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A browser as the service sees it: one socket, which reads when it is told to and not ahead. */
final class Visitor implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

    private Visitor(String url, String request) throws IOException {
        socket = new Socket();
        socket.setReceiveBufferSize(32 << 10);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(
                new InetSocketAddress(ScriptedServer.loopback(), URI.create(url).getPort()));
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    }

    static Visitor post(String url, String body) throws IOException {
        return new Visitor(
                url,
                "POST /api/chat HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\ncontent-type: application/json\r\n"
                        + "content-length: "
                        + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
    }

    static Visitor get(String url, String path) throws IOException {
        return new Visitor(url, "GET " + path + " HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n");
    }

    /** Reads no further than to where this has come, and returns all so far. */
    String readUntil(String part) throws IOException {
        InputStream in = socket.getInputStream();
        while (!text().contains(part)) {
            int next = in.read();
            if (next < 0) {
                throw new AssertionError("The response ended without " + part + ": " + text());
            }
            seen.write(next);
        }
        return text();
    }

    /** Reads to the end of the connection. */
    String readAll() throws IOException {
        socket.getInputStream().transferTo(seen);
        return text().replaceAll("\r\n[0-9a-f]+\r\n", "");
    }

    private String text() {
        return seen.toString(StandardCharsets.UTF_8);
    }

    /** Closes the connection, whatever is still to come on it. */
    void leave() throws IOException {
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
