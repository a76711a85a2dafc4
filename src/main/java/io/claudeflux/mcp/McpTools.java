package io.claudeflux.mcp;

import io.claudeflux.error.ConfigurationException;
import io.claudeflux.message.CustomTool;
import io.claudeflux.message.Json;
import io.claudeflux.tool.ClientTool;
import io.claudeflux.tool.ToolException;
import io.claudeflux.tool.ToolResult;
import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The tools of an MCP server, as tools that a run can call.
 *
 * <pre>{@code
 * McpAsyncClient server = McpClient.async(transport).build();
 * Flux<String> text = McpTools.of(server).withPrefix("github_").list()
 *         .flatMapMany(tools -> claude.tools(tools).withMaxRounds(5).runText(request));
 * }</pre>
 *
 * <p>Nothing blocks: a call is a request to the server, whose answer comes on a thread of its transport. A cancelled
 * run waits for it no longer; mcp-core tells the server nothing of that. A call is bounded by the request timeout of
 * the MCP client, 20 s by default, and by that of the run, 60 s; the model is told of whichever comes first.
 *
 * <p>What the model is told: text as it is, images that Claude takes as images, text resources by their text, links by
 * their address, a word in place of all else; structured content where there is nothing of these. A result that the
 * server calls an error, and an error of its protocol, are told as failures of the tool, in the server's words. The
 * application trusts the server with all of this: descriptions and results are read by the model.
 *
 * <p>Immutable; the {@code withX} methods return copies.
 */
public final class McpTools {
    private static final Pattern OUTLAWED = Pattern.compile("[^a-zA-Z0-9_-]");
    private static final int MAX_ERROR = 2_000;

    private final McpAsyncClient server;
    private final String prefix;
    private final int maxTools;
    private final int maxResultChars;

    private McpTools(McpAsyncClient server, String prefix, int maxTools, int maxResultChars) {
        this.server = Objects.requireNonNull(server, "server");
        this.prefix = Objects.requireNonNull(prefix, "prefix");
        this.maxTools = atLeastOne("maxTools", maxTools);
        this.maxResultChars = atLeastOne("maxResultChars", maxResultChars);
    }

    private static int atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be > 0 but was " + value);
        }
        return value;
    }

    /**
     * The tools of a server.
     *
     * @param server stays the application's to close; is initialized with the first request if it is not yet
     * @return its tools, under their own names
     */
    public static McpTools of(McpAsyncClient server) {
        return new McpTools(server, "", 128, 100_000);
    }

    /**
     * Sets what the model sees ahead of each name, so that the tools of two servers do not clash.
     *
     * @param prefix letters, digits, underscores and dashes, such as {@code github_}; empty by default
     * @return a copy
     */
    public McpTools withPrefix(String prefix) {
        return new McpTools(server, prefix, maxTools, maxResultChars);
    }

    /**
     * Sets how many tools, and pages of them, are taken.
     *
     * @param max 128 by default; a server that has more is a failure of {@link #list}
     * @return a copy
     * @throws IllegalArgumentException if it is less than 1
     */
    public McpTools withMaxTools(int max) {
        return new McpTools(server, prefix, max, maxResultChars);
    }

    /**
     * Sets how much text of one result the model is told. What is longer is cut, and the model is told so. Images count
     * apart: 5 MB of Base64 each, 15 MB in all, and no more than 20 of them.
     *
     * @param max 100,000 characters by default, some 25,000 tokens
     * @return a copy
     * @throws IllegalArgumentException if it is less than 1
     */
    public McpTools withMaxResultChars(int max) {
        return new McpTools(server, prefix, maxTools, max);
    }

    /**
     * Asks the server for its tools, page by page.
     *
     * @return cold; the tools, in the server's order. Characters of their names that the API does not take, such as
     *     dots, are underscores. Fails with a {@link ConfigurationException} for a server that has more than it may or
     *     a name that cannot be one, and with the errors of the MCP client
     */
    public Mono<List<ClientTool>> list() {
        return Mono.defer(() -> page(null, new ArrayList<>(), maxTools));
    }

    /** Each page counts, if only for one, so that a server cannot go on for ever with empty ones. */
    private Mono<List<ClientTool>> page(@Nullable String cursor, List<ClientTool> found, int room) {
        return server.listTools(cursor).flatMap(page -> {
            String next = page.nextCursor();
            boolean isLast = next == null || next.isEmpty();
            int left = room - Math.max(1, page.tools().size());
            if (left < 0 || (left == 0 && !isLast)) {
                return Mono.error(new ConfigurationException(
                        "maxTools", "the MCP server has more than " + maxTools + " tools: raise withMaxTools", null));
            }
            page.tools().forEach(tool -> found.add(tool(tool)));
            return isLast ? Mono.just(List.copyOf(found)) : page(next, found, left);
        });
    }

    private ClientTool tool(Tool tool) {
        String name = prefix + OUTLAWED.matcher(tool.name()).replaceAll("_");
        // The API refuses a schema without a type, and with it every request; servers leave it out.
        Map<String, @Nullable Object> schema = new LinkedHashMap<>(Map.of("type", "object"));
        schema.putAll(tool.inputSchema());
        String description = tool.description() == null ? tool.title() : tool.description();
        CustomTool definition = new CustomTool(name, description, Json.of(schema), null, Json.emptyObject());
        return ClientTool.of(definition, input -> call(tool.name(), input));
    }

    private Mono<ToolResult> call(String name, Json input) {
        CallToolRequest request =
                CallToolRequest.builder(name).arguments(input.toMap()).build();
        return server.callTool(request)
                .map(result -> McpResult.told(result, maxResultChars))
                .onErrorMap(McpError.class, McpTools::inWords);
    }

    private static ToolException inWords(McpError error) {
        String words = String.valueOf(error.getMessage());
        return new ToolException(words.substring(0, Math.min(MAX_ERROR, words.length())), error);
    }
}
