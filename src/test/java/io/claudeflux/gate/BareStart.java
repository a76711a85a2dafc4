package io.claudeflux.gate;

import io.claudeflux.ClaudeClient;
import io.claudeflux.fixture.Canary;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageRequest;
import java.time.Duration;

/** Asks each of the servers named on the command line, in a JVM that has nothing it does not need. */
final class BareStart {
    private BareStart() {}

    /** Prints what the servers answer. */
    public static void main(String... urls) {
        MessageRequest request =
                MessageRequest.builder().model("m").maxTokens(64).user("hi").build();
        for (String url : urls) {
            try (ClaudeClient client =
                    ClaudeClient.builder().apiKey(Canary.KEY).baseUrl(url).build()) {
                Message message = client.messages().create(request).block(Duration.ofSeconds(20));
                System.out.println(message == null ? "nothing" : message.text());
            }
        }
    }
}
