package io.claudeflux.cli;

import static io.claudeflux.simulator.Reply.error;
import static io.claudeflux.simulator.Reply.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.fixture.Await;
import io.claudeflux.message.Json;
import io.claudeflux.simulator.ClaudeSimulator;
import io.claudeflux.simulator.SimulatedRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AskTests {
    private static final String SIMULATED =
            "claude-flux: no ANTHROPIC_API_KEY found, the simulator inside this JVM answers";

    private final ClaudeSimulator api = ClaudeSimulator.start();
    private final CapturedShell captured = new CapturedShell();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void withoutAKeyTheSimulatorAnswersAndSaysSoBesideTheAnswer() throws Exception {
        assertThat(captured.run("ask", "What is", "a monad?")).isZero();

        assertThat(captured.errLines()).containsExactly(SIMULATED);
        assertThat(captured.out()).contains("What is a monad?").endsWith(")" + System.lineSeparator());
        assertThat(captured.outLines()).hasSize(1);
    }

    @Test
    void jsonPrintsEveryEventOnALineOfItsOwn() throws Exception {
        assertThat(captured.run("ask", "--json", "Hi")).isZero();

        List<String> types = captured.outLines().stream()
                .map(line ->
                        Json.parse(line).get("type").flatMap(Json::asString).orElse("?"))
                .toList();
        assertThat(types)
                .startsWith("message_start", "content_block_start")
                .contains("content_block_delta")
                .endsWith("content_block_stop", "message_delta", "message_stop");
    }

    @Test
    void theRealApiIsAskedWithKeyAddressAndAllOptions() throws Exception {
        api.enqueue(reply("Hello!"));

        int exitCode = askApi("--model", "claude-x", "--max-tokens", "77", "--system", "Be brief.", "@home -> why?");

        SimulatedRequest request = api.requests().get(0);
        assertThat(exitCode).isZero();
        assertThat(captured.out()).isEqualTo("Hello!" + System.lineSeparator());
        assertThat(captured.err()).isEmpty();
        assertThat(request.header("x-api-key")).contains("sk-ant-secret");
        assertThat(request.prompt()).isEqualTo("@home -> why?");
        assertThat(request.body().get("model").map(Json::text)).contains("\"claude-x\"");
        assertThat(request.body().get("max_tokens").map(Json::text)).contains("77");
        assertThat(request.body().get("system").map(Json::text))
                .hasValueSatisfying(text -> assertThat(text).contains("Be brief."));
    }

    @Test
    void anAuthTokenServesWhereThereIsNoKey() throws Exception {
        captured.with("ANTHROPIC_AUTH_TOKEN", "token-secret").with("ANTHROPIC_BASE_URL", api.baseUrl());

        assertThat(captured.run("ask", "Hi")).isZero();

        assertThat(api.requests().get(0).header("authorization")).contains("Bearer token-secret");
    }

    @Test
    void anErrorIsOneLineAndExitCodeOne() throws Exception {
        api.enqueue(error(529).shouldRetry(false));

        assertThat(askApi("Hi")).isEqualTo(1);

        assertThat(captured.out()).isEmpty();
        assertThat(captured.errLines())
                .singleElement()
                .asString()
                .startsWith("claude-flux: overloaded_error (HTTP 529): Overloaded");
    }

    @Test
    void whatIsTriedAgainIsSaidBesideTheAnswer() throws Exception {
        api.enqueue(
                error(529).retryAfterMillis(300),
                reply("never seen").errorInStream("api_error").afterEvents(1),
                reply("Hello!"));

        assertThat(askApi("Hi")).isZero();

        assertThat(captured.out()).isEqualTo("Hello!" + System.lineSeparator());
        assertThat(captured.errLines())
                .satisfiesExactly(
                        first -> assertThat(first)
                                .isEqualTo("claude-flux: attempt 1 failed: overloaded_error (HTTP 529): Overloaded;"
                                        + " trying again in 0.3 s"),
                        second -> assertThat(second)
                                .matches("claude-flux: attempt 2 failed: api_error inside the stream: .*;"
                                        + " trying again in 0\\.[123] s"));
    }

    @Test
    void theErrorThatRemainsComesLast() throws Exception {
        api.enqueue(
                error(529).retryAfterMillis(1),
                error(529).retryAfterMillis(1),
                error(529).retryAfterMillis(1));

        assertThat(askApi("Hi")).isEqualTo(1);

        assertThat(captured.errLines())
                .hasSize(3)
                .last()
                .asString()
                .contains("Overloaded")
                .endsWith("[3 attempts]");
    }

    @Test
    void theTextThatCameBeforeAnErrorIsKept() throws Exception {
        api.enqueue(reply("one two three").errorInStream("overloaded_error").afterEvents(4));

        assertThat(askApi("Hi")).isEqualTo(1);

        assertThat(captured.out()).isEqualTo("one two" + System.lineSeparator());
        assertThat(captured.errLines())
                .singleElement()
                .asString()
                .startsWith("claude-flux: overloaded_error inside the stream: Overloaded");
    }

    @Test
    void anAnswerThatIsNotFinishedIsMarkedAsSuch() throws Exception {
        api.enqueue(reply("one two").stopReason("max_tokens"));

        assertThat(askApi("Hi")).isZero();

        assertThat(captured.out()).isEqualTo("one two" + System.lineSeparator());
        assertThat(captured.errLines()).containsExactly("claude-flux: the answer ended with stop_reason max_tokens");
    }

    @Test
    void aKeyThatCannotBeOneIsRefusedWithoutBeingShown() throws Exception {
        captured.with("ANTHROPIC_API_KEY", "sk-ant-sec ret");

        assertThat(captured.run("ask", "Hi")).isEqualTo(1);

        assertThat(captured.errLines())
                .singleElement()
                .asString()
                .startsWith("claude-flux: ANTHROPIC_API_KEY: apiKey has")
                .doesNotContain("sec");
    }

    @Test
    void ctrlCCancelsTheRequestAndKeepsTheText() throws Exception {
        api.enqueue(reply("one two three").stallAfterEvents(4));
        CompletableFuture<Integer> exitCode = startAskApi("Hi");
        Await.untilOrFail(
                "the first words", Duration.ofSeconds(20), () -> captured.out().equals("one two"));

        captured.interrupt();

        assertThat(exitCode.get(5, TimeUnit.SECONDS)).isEqualTo(130);
        assertThat(captured.out()).isEqualTo("one two" + System.lineSeparator());
        assertThat(captured.err()).isEmpty();
        assertThat(api.requests().get(0).outcome().blockOptional(Duration.ofSeconds(5)))
                .isEqualTo(Optional.of(SimulatedRequest.Outcome.CANCELLED));
    }

    private int askApi(String... options) throws Exception {
        return startAskApi(options).get(40, TimeUnit.SECONDS);
    }

    private CompletableFuture<Integer> startAskApi(String... options) {
        String[] args = new String[options.length + 1];
        args[0] = "ask";
        System.arraycopy(options, 0, args, 1, options.length);
        return captured.with("ANTHROPIC_API_KEY", "sk-ant-secret")
                .with("ANTHROPIC_BASE_URL", api.baseUrl())
                .start(args);
    }
}
