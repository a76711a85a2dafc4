package io.claudeflux.fault;

import io.claudeflux.fixture.Await;
import io.claudeflux.fixture.ScriptedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A port where connections go no further: they are not accepted, or accepted and never answered a byte. */
final class SilentPeer implements AutoCloseable {
    private static final int MOST_FILLERS = 16;

    private final ServerSocket listener;
    private final List<Socket> sockets = new ArrayList<>();
    private final LinkedBlockingQueue<Long> closes = new LinkedBlockingQueue<>();

    private final AtomicInteger heard = new AtomicInteger();

    private SilentPeer(int backlog) throws IOException {
        listener = new ServerSocket(0, backlog, ScriptedServer.loopback());
    }

    /** Nobody accepts, and the queue of those that wait for it is full: the kernel drops what asks for a connection. */
    static SilentPeer notAccepting() {
        try {
            SilentPeer peer = new SilentPeer(1);
            while (peer.sockets.size() < MOST_FILLERS && peer.fill()) {}
            return peer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean fill() throws IOException {
        Socket filler = new Socket();
        sockets.add(filler);
        try {
            filler.connect(listener.getLocalSocketAddress(), 50);
            return true;
        } catch (SocketTimeoutException full) {
            return false;
        }
    }

    /** Reads all there is and says nothing: a TLS handshake that gets no answer, for instance. */
    static SilentPeer reading() {
        try {
            SilentPeer peer = new SilentPeer(50);
            daemon(peer::acceptAll);
            return peer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Waits for the end of the connection that ends next, and answers when that was. */
    long awaitClose(Duration limit) throws InterruptedException {
        Long closed = closes.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
        if (closed == null) {
            throw new AssertionError("No connection was closed within " + limit.toMillis() + " ms");
        }
        return closed;
    }

    /** Waits until something has come on the given number of connections, or fails the test. */
    void awaitBytes(int connections, Duration limit) {
        Await.untilOrFail("bytes on " + connections + " connections", limit, () -> heard.get() >= connections);
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                daemon(() -> readAll(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void readAll(Socket socket) {
        byte[] bytes = new byte[8192];
        try {
            if (socket.getInputStream().read(bytes) >= 0) {
                heard.incrementAndGet();
            }
            while (socket.getInputStream().read(bytes) >= 0) {}
        } catch (IOException reset) {
            // As good an end as any.
        }
        closes.add(System.nanoTime());
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "silent-peer");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
