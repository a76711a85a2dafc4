package io.claudeflux.fault;

import io.claudeflux.fixture.Await;
import io.claudeflux.fixture.ScriptedServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLServerSocketFactory;

/** Accepts TLS connections one after the other, and counts what of them was readable: bytes of HTTP, if any came. */
final class TlsPeer implements AutoCloseable {
    private final SSLServerSocket listener;
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger over = new AtomicInteger();
    private final AtomicLong decrypted = new AtomicLong();

    private TlsPeer(SSLServerSocketFactory sockets) throws IOException {
        listener = (SSLServerSocket) sockets.createServerSocket(0, 50, ScriptedServer.loopback());
    }

    static TlsPeer start(SSLServerSocketFactory sockets) {
        try {
            TlsPeer peer = new TlsPeer(sockets);
            Thread acceptor = new Thread(peer::acceptAll, "tls-peer");
            acceptor.setDaemon(true);
            acceptor.start();
            return peer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String baseUrl() {
        return "https://127.0.0.1:" + listener.getLocalPort();
    }

    int accepted() {
        return accepted.get();
    }

    /** The readable bytes of all connections, once each of them has ended. */
    long decryptedBytes() {
        Await.untilOrFail("the end of each connection", Duration.ofSeconds(5), () -> over.get() == accepted.get());
        return decrypted.get();
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                accepted.incrementAndGet();
                readAll(socket);
            } catch (IOException e) {
                // The listener is closed: the loop ends.
            }
        }
    }

    private void readAll(Socket socket) {
        try {
            InputStream in = socket.getInputStream();
            while (in.read() >= 0) {
                decrypted.incrementAndGet();
            }
        } catch (IOException e) {
            // The peer refused the handshake: nothing more is to be read.
        } finally {
            over.incrementAndGet();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
