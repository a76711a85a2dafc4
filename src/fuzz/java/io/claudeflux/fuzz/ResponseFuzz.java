package io.claudeflux.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.claudeflux.ClaudeClient;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.fixture.Canary;
import io.claudeflux.fixture.Frames;
import io.claudeflux.fixture.HookProbe;
import io.claudeflux.fixture.LogCapture;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.stream.MessageStop;
import io.claudeflux.stream.StreamEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * Any bytes as the response to a real client: one whole answer or one exception of ours, in time, and nothing dropped.
 */
class ResponseFuzz {
    private static final String[] FIRST_LINES = {
        "HTTP/1.1 200 OK",
        "HTTP/1.0 200",
        "HTTP/1.1 529 x",
        "HTTP/1.1 204 No",
        "HTTP/1.1 100 Go",
        "HTTP/1.1 103 Hint",
        "HTTP/1.1 101 Up",
        "HTTP/1.1 304 N",
        "HTTP/1.1 307 T",
        "HTTP/1.1 401",
        "HTTP/2 200",
        "HTTP/1.1 999 x",
        "ICY 200"
    };
    private static final String[] HEADERS = {
        "content-type: text/event-stream",
        "content-type: application/json",
        "transfer-encoding: chunked",
        "transfer-encoding: gzip, chunked",
        "transfer-encoding:",
        "content-length: 5",
        "content-length: -1",
        "content-length: 99999999999999999999",
        "content-length: 5, 5",
        "content-encoding: gzip",
        "connection: close",
        "connection: upgrade",
        "upgrade: h2c",
        "retry-after: 1e9",
        "location: //",
        "request-id: \u0001",
        " folded: x",
        ": nameless",
        "trailer: x"
    };
    private static final MessageRequest REQUEST =
            MessageRequest.builder().model("m").maxTokens(1).user("hi").build();
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static OneShotServer server;
    private static ClaudeClient client;
    private static HookProbe hooks;
    /** Reactor Netty warns of each connection that broke. */
    private static LogCapture logs;

    @BeforeAll
    static void begin() throws IOException {
        server = new OneShotServer();
        hooks = HookProbe.install();
        logs = LogCapture.start(Canary.KEY);
        client = ClaudeClient.builder()
                .apiKey(Canary.KEY)
                .baseUrl(server.baseUrl())
                .retry(RetryPolicy.none())
                .maxConcurrentRequests(1)
                .build();
    }

    @AfterAll
    static void finish() throws IOException {
        client.close();
        server.close();
        hooks.close();
        try (LogCapture read = logs) {
            read.assertClean();
        }
    }

    @FuzzTest(maxDuration = "60s")
    void endsInOneAnswerOrOneErrorOfOurs(FuzzedDataProvider data) {
        server.answerWith(response(data));

        Outcome<StreamEvent> outcome = Outcome.of(client.messages().stream(REQUEST), LIMIT);

        assertThat(outcome.terminals()).isEqualTo(1);
        if (outcome.isComplete()) {
            assertThat(outcome.events()).last().isInstanceOf(MessageStop.class);
        } else {
            ClaudeException error = outcome.error(ClaudeException.class);
            assertThat(error.getMessage()).hasSizeLessThan(2_049).doesNotContain("\r", "\n", "\u001b");
        }
        hooks.assertNothingDropped();
    }

    private static byte[] response(FuzzedDataProvider data) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (data.consumeInt(0, 3) > 0) {
            line(bytes, data.consumeInt(0, 9) == 0 ? data.consumeString(20) : data.pickValue(FIRST_LINES));
            for (int headers = data.consumeInt(0, 5); headers > 0; headers--) {
                line(bytes, data.consumeInt(0, 5) == 0 ? data.consumeString(30) : data.pickValue(HEADERS));
            }
            line(bytes, data.consumeInt(0, 19) == 0 ? "x" : "");
            body(data, bytes);
        }
        bytes.writeBytes(data.consumeRemainingAsBytes());
        return bytes.toByteArray();
    }

    private static void body(FuzzedDataProvider data, ByteArrayOutputStream bytes) {
        String[] frames = {
            Frames.good("hi"),
            Frames.ms() + Frames.bs(0),
            Frames.d(0, "x"),
            Frames.errorJson("overloaded_error", "busy")
        };
        for (int parts = data.consumeInt(0, 3); parts > 0; parts--) {
            byte[] part = data.pickValue(frames).getBytes(StandardCharsets.UTF_8);
            int odd = data.consumeInt(0, 9);
            line(bytes, odd == 0 ? data.consumeString(12) : Integer.toHexString(part.length + odd / 9));
            bytes.writeBytes(part);
            line(bytes, "");
        }
        line(bytes, "0");
        line(bytes, "");
    }

    private static void line(ByteArrayOutputStream bytes, String text) {
        bytes.writeBytes((text + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }
}
