package io.claudeflux.fuzz;

import io.claudeflux.fixture.ScriptedServer;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a request, says the bytes it was given, and closes: nothing can be waited for. */
final class OneShotServer implements Closeable {
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");

    private final ServerSocket listener = new ServerSocket(0, 50, ScriptedServer.loopback());
    private volatile byte[] answer = {};

    OneShotServer() throws IOException {
        Thread thread = new Thread(this::serve, "one-shot");
        thread.setDaemon(true);
        thread.start();
    }

    String baseUrl() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    void answerWith(byte[] bytes) {
        answer = bytes;
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                socket.setTcpNoDelay(true);
                readRequest(new BufferedInputStream(socket.getInputStream()));
                socket.getOutputStream().write(answer);
            } catch (IOException e) {
                // The client may leave in the middle of its answer.
            }
        }
    }

    private static void readRequest(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return;
            }
            head.append((char) next);
        }
        Matcher length = LENGTH.matcher(head);
        if (length.find()) {
            in.readNBytes(Integer.parseInt(length.group(1)));
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
