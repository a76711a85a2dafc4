package io.claudeflux.tool;

import static io.claudeflux.simulator.Reply.reply;
import static io.claudeflux.tool.Stage.REQUEST;
import static io.claudeflux.tool.Stage.SCHEMA;
import static io.claudeflux.tool.Stage.WAIT;
import static io.claudeflux.tool.Stage.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.ClaudeClient;
import io.claudeflux.message.Message;
import io.claudeflux.simulator.ClaudeSimulator;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** A run holds a permit while it asks, and none while its tools run. */
class ToolPermitTests {
    @Test
    void aToolThatAsksTheModelItselfGetsThePermitOfTheRoundBeforeIt() {
        try (ClaudeSimulator claude = ClaudeSimulator.start();
                ClaudeClient client = ClaudeClient.builder()
                        .apiKey("test")
                        .baseUrl(claude.baseUrl())
                        .maxConcurrentRequests(1)
                        .build()) {
            ClientTool expert = ClientTool.of(
                    "ask_expert",
                    "Asks.",
                    SCHEMA,
                    input -> client.messages().create(REQUEST).map(Message::text));
            claude.enqueue(
                    reply(call("toolu_1", "ask_expert", Map.of())), reply("The expert says rain."), reply("Rain."));

            StepVerifier.create(client.tools(expert).create(REQUEST).map(Message::text))
                    .expectNext("Rain.")
                    .expectComplete()
                    .verify(WAIT);

            assertThat(claude.requests()).hasSize(3);
        }
    }
}
