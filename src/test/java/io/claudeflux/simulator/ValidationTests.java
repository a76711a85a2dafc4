package io.claudeflux.simulator;

import static io.claudeflux.simulator.Reply.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.message.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ValidationTests {

    private final ClaudeSimulator claude = ClaudeSimulator.start();
    private final Calls calls = new Calls(claude);

    @AfterEach
    void stop() {
        claude.close();
    }

    private static void assertRefused(HttpResponse<String> response, int status, String type, String message) {
        assertThat(response.statusCode()).isEqualTo(status);
        Json error = Json.parse(response.body()).get("error").orElseThrow();
        assertThat(error.get("type").flatMap(Json::asString)).contains(type);
        assertThat(error.get("message").flatMap(Json::asString)).contains(message);
        assertThat(response.headers().firstValue("request-id")).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{ | The request body is not valid JSON",
                "[] | Input should be a valid dictionary",
                "~~ | Input should be a valid dictionary",
                "{} | model: Field required",
                "{'model':7} | model: Input should be a valid string",
                "{'model':''} | model: String should have at least 1 character",
                "{'model':'m'} | max_tokens: Field required",
                "{'model':'m','max_tokens':'9'} | max_tokens: Input should be a valid integer",
                "{'model':'m','max_tokens':1.5} | max_tokens: Input should be a valid integer",
                "{'model':'m','max_tokens':-1} | max_tokens: Input should be greater than or equal to 0",
                "{'model':'m','max_tokens':9} | messages: Field required",
                "{'model':'m','max_tokens':9,'messages':'Hi'} | messages: Input should be a valid list",
                "{'model':'m','max_tokens':9,'messages':[]} | messages: at least one message is required"
            })
    void bodiesAreChecked(String body, String message) {
        assertRefused(calls.post(body.replace('\'', '"')), 400, "invalid_request_error", message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "7 | messages.0: Input should be a valid dictionary",
                "{'content':'Hi'} | messages.0.role: Field required",
                "{'role':'robot','content':'Hi'} | messages.0.role: Input should be 'user', 'assistant' or 'system'",
                "{'role':'user'} | messages.0.content: Field required",
                "{'role':'user','content':''} | messages.0: user messages must have non-empty content",
                "{'role':'user','content':5} | messages.0.content: Input should be a valid string or list",
                "{'role':'user','content':[5]} | messages.0.content.0: Input should be a valid dictionary",
                "{'role':'user','content':[{}]} | messages.0.content.0.type: Field required",
                "{'role':'user','content':[{'type':'text'}]} | messages.0.content.0.text.text: Field required",
                "{'role':'user','content':[{'type':'text','text':''}]} | messages: text content blocks must be non-empty",
                "{'role':'user','content':[{'type':'tool_result'}]} | messages.0.content.0.tool_result.tool_use_id: Field required"
            })
    void messagesAreChecked(String turn, String message) {
        String body = "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[" + turn.replace('\'', '"') + "]}";

        assertRefused(calls.post(body), 400, "invalid_request_error", message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'stream':'yes' | stream: Input should be a valid boolean",
                "'temperature':1.5 | temperature: Input should be between 0 and 1",
                "'thinking':{'type':'enabled'} | thinking.enabled.budget_tokens: Field required",
                "'thinking':{'type':'enabled','budget_tokens':9} | thinking.enabled.budget_tokens: Input should be greater than or equal to 1024",
                "'thinking':{'type':'enabled','budget_tokens':2000} | `max_tokens` must be greater than `thinking.budget_tokens`"
            })
    void optionsAreChecked(String option, String message) {
        String body = Calls.request(false, "Hi").replaceFirst("\"stream\":false", option.replace('\'', '"'));

        assertRefused(calls.post(body), 400, "invalid_request_error", message);
    }

    @ParameterizedTest
    @CsvSource({
        "claude-sonnet-4-5-20250929, 200",
        "claude-opus-4-6, 400",
        "claude-sonnet-5-5, 400",
        "claude-mythos-preview, 400",
        "some-gateway-model, 200"
    })
    void newModelsTakeNoPrefill(String model, int status) {
        String begun =
                "{\"model\":\"" + model + "\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},"
                        + "{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"Hel\"}]}]}";
        String paused = begun.replace(
                "{\"type\":\"text\",\"text\":\"Hel\"}",
                "{\"type\":\"server_tool_use\",\"id\":\"a\",\"name\":\"web_search\",\"input\":{}}");

        assertThat(calls.post(begun).statusCode()).isEqualTo(status);
        assertThat(calls.post(paused).statusCode()).isEqualTo(200);
    }

    @Test
    void samplingParametersAreGoneInTheNewVersion() {
        String body = Calls.request(false, "Hi").replaceFirst("\\{", "{\"temperature\":0.5,");

        assertThat(calls.post(body).statusCode()).isEqualTo(200);
        assertRefused(
                Calls.send(calls.to("/v1/messages", body).setHeader("anthropic-version", "2026-10-21")),
                400,
                "invalid_request_error",
                "temperature: Extra inputs are not permitted");
    }

    @Test
    void unknownFieldsAndBlocksAreLetThrough() {
        String body = "{\"model\":\"m\",\"max_tokens\":0,\"beta_thing\":1,"
                + "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"future\",\"x\":1}]}]}";

        assertThat(calls.post(body).statusCode()).isEqualTo(200);
    }

    private HttpRequest.Builder withKey(String name, String value) {
        return calls.to("/v1/messages", Calls.request(false, "Hi"))
                .setHeader("x-api-key", "")
                .setHeader(name, value);
    }

    @Test
    void aKeyIsAskedFor() {
        HttpRequest.Builder none = HttpRequest.newBuilder(URI.create(claude.baseUrl() + "/v1/messages"))
                .POST(HttpRequest.BodyPublishers.ofString("{}"));

        assertRefused(Calls.send(none), 401, "authentication_error", "x-api-key header is required");
        assertRefused(Calls.send(withKey("x-api-key", " ")), 401, "authentication_error", "invalid x-api-key");
        assertThat(Calls.send(none.setHeader("Authorization", "Bearer t").setHeader("anthropic-version", "2023-06-01"))
                        .body())
                .contains("model: Field required");
    }

    @Test
    void oneKeyOnlyWhenOneIsExpected() {
        try (ClaudeSimulator strict = ClaudeSimulator.builder().apiKey("secret").start()) {
            HttpRequest.Builder request = new Calls(strict).to("/v1/messages", Calls.request(false, "Hi"));

            assertRefused(Calls.send(request), 401, "authentication_error", "invalid x-api-key");
            assertThat(Calls.send(request.setHeader("x-api-key", "secret")).statusCode())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-01-01", "latest"})
    void theVersionMustBeKnown(String version) {
        assertRefused(
                Calls.send(calls.to("/v1/messages", "{}").setHeader("anthropic-version", version)),
                400,
                "invalid_request_error",
                "anthropic-version: \"" + version + "\" is not a valid version");
    }

    @Test
    void theVersionMustBeThere() {
        HttpRequest.Builder none = HttpRequest.newBuilder(URI.create(claude.baseUrl() + "/v1/messages"))
                .header("x-api-key", "test")
                .POST(HttpRequest.BodyPublishers.ofString("{}"));

        assertRefused(Calls.send(none), 400, "invalid_request_error", "anthropic-version: header is required");
    }

    @Test
    void unknownPathsAndMethodsAreRefused() {
        assertRefused(Calls.send(calls.to("/v2/messages", "{}")), 404, "not_found_error", "Not found");
        assertRefused(
                Calls.send(calls.to("/v1/messages", "").GET()), 405, "invalid_request_error", "Method Not Allowed");
    }

    @Test
    void aBodyOver32MegabytesIsTooLarge() {
        String body = Calls.request(false, "x".repeat(RequestBody.MAX_BYTES));

        assertRefused(calls.post(body), 413, "request_too_large", "Request exceeds the maximum size");
        assertThat(claude.requests().get(0).bodyText()).isEmpty();
    }

    @Test
    void aRefusedRequestUsesUpNoReply() {
        claude.enqueue(reply("kept"));

        calls.post("{}");

        assertThat(Calls.text(calls.stream().body())).isEqualTo("kept");
    }

    @Test
    void checksCanBeTurnedOff() {
        try (ClaudeSimulator lax = ClaudeSimulator.builder().validation(false).start()) {
            lax.enqueue(reply("fine"), reply("fine"));
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(lax.baseUrl() + "/v1/messages"));

            assertThat(Calls.send(request.POST(HttpRequest.BodyPublishers.ofString("{nonsense")))
                            .body())
                    .contains("fine");
            assertThat(Calls.send(request.POST(HttpRequest.BodyPublishers.noBody()))
                            .body())
                    .contains("fine");
        }
    }
}
