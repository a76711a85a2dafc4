package io.claudeflux.mcp;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator.ValidationResponse;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A server behind a transport that stays in memory: it answers each request of the protocol with what a function makes
 * of its method and its parameters, and remembers what it was asked. A null is no answer, unless one comes late.
 */
final class McpServer implements McpClientTransport {
    private static final ObjectMapper JSON = new ObjectMapper();

    final List<String> asked = new CopyOnWriteArrayList<>();
    private final Function<Call, @Nullable Object> answers;
    private volatile @Nullable Object open;
    private Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler = message -> message;

    private McpServer(Function<Call, @Nullable Object> answers) {
        this.answers = answers;
    }

    /** A request: its method, and what goes with it. */
    record Call(String method, Map<?, ?> params) {
        @Nullable Object get(String name) {
            return params.get(name);
        }
    }

    static McpServer answering(Function<Call, @Nullable Object> answers) {
        return new McpServer(answers);
    }

    McpAsyncClient client() {
        return McpClient.async(this)
                .requestTimeout(Duration.ofSeconds(5))
                .jsonSchemaValidator((schema, value) -> ValidationResponse.asValid("{}"))
                .build();
    }

    @Override
    public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> given) {
        handler = given;
        return Mono.empty();
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        if (!(message instanceof JSONRPCRequest request)) {
            return Mono.empty();
        }
        Map<?, ?> params = JSON.convertValue(request.params(), Map.class);
        Call call = new Call(request.method(), params == null ? Map.of() : params);
        asked.add(request.method());
        Object answer = call.method().equals("initialize") ? initialized(call) : answers.apply(call);
        if (answer == null) {
            open = request.id();
            return Mono.empty();
        }
        JSONRPCResponse response = answer instanceof JSONRPCResponse.JSONRPCError error
                ? JSONRPCResponse.error(request.id(), error)
                : JSONRPCResponse.result(request.id(), answer);
        return handler.apply(Mono.just(response)).then();
    }

    /** Answers the last request that has no answer. */
    void answerLate(Object answer) {
        handler.apply(Mono.just(JSONRPCResponse.result(open, answer))).block(Duration.ofSeconds(5));
    }

    private static Object initialized(Call call) {
        return Map.of(
                "protocolVersion", String.valueOf(call.get("protocolVersion")),
                "capabilities", Map.of("tools", Map.of()),
                "serverInfo", Map.of("name", "memory", "version", "1"));
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return JSON.convertValue(data, JSON.constructType(type.getType()));
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.empty();
    }
}
