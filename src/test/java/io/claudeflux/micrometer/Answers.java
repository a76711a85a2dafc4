package io.claudeflux.micrometer;

import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.errorJson;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.fin;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.hang;
import static io.claudeflux.fixture.Steps.json;

import io.claudeflux.CallListener;
import io.claudeflux.ClaudeClient;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.fixture.Canary;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.message.MessageRequest;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** What is asked and answered in the tests of this package; servers quote the prompt wherever they can. */
final class Answers {
    static final Duration LIMIT = Duration.ofSeconds(10);
    static final String MODEL = "claude-sonnet-5-5";
    static final Script BUSY = reply(json(529, errorJson("overloaded_error", "too busy for " + Canary.PROMPT)));
    static final Script REFUSED = reply(json(400, errorJson("of " + Canary.PROMPT, Canary.PROMPT)));
    static final Script GOOD = reply(h200(), chunk(good(Canary.ANSWER)), end());
    static final Script CUT = reply(h200(), chunk(ms() + bs(0) + d(0, Canary.ANSWER)), fin());
    static final Script SILENT = reply(h200(), chunk(ms() + bs(0) + d(0, Canary.ANSWER)), hang());
    static final Script COUNTED = reply(json(200, "{\"input_tokens\":7}"));

    private Answers() {}

    static MessageRequest request() {
        return MessageRequest.builder()
                .model(MODEL)
                .maxTokens(64)
                .user(Canary.PROMPT)
                .build();
    }

    /** A client that asks twice at most, and soon. */
    static ClaudeClient client(
            ScriptedServer server, CallListener listener, UnaryOperator<ClaudeClient.Builder> settings) {
        return settings.apply(ClaudeClient.builder()
                        .apiKey(Canary.KEY)
                        .baseUrl(server.baseUrl())
                        .listener(listener)
                        .retry(RetryPolicy.defaults()
                                .withMaxRetries(1)
                                .withTransientBackoff(Duration.ofMillis(5), Duration.ofMillis(10))
                                .withThrottlingBackoff(Duration.ofMillis(5), Duration.ofMillis(10))))
                .build();
    }

    static ClaudeClient client(ScriptedServer server, CallListener listener) {
        return client(server, listener, settings -> settings);
    }
}
