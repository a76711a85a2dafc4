package io.claudeflux.message;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of {@code POST /v1/messages}: every field of the current API, and doors for those to come.
 *
 * <pre>{@code
 * MessageRequest request = MessageRequest.builder()
 *         .model("claude-sonnet-5-5")
 *         .maxTokens(1024)
 *         .system("Be brief.")
 *         .user("Explain backpressure.")
 *         .build();
 * }</pre>
 *
 * <p>Whether the answer streams is decided by the method it is given to, so there is no {@code stream} here.
 *
 * @param model the model that answers
 * @param maxTokens the most tokens it may generate; 0 only warms the prompt cache
 * @param messages the conversation so far
 * @param system instructions ahead of the conversation; empty for none
 * @param stopSequences texts that end the answer
 * @param metadata what the application tells the server about the request
 * @param serviceTier the capacity asked for
 * @param speed the speed asked for
 * @param thinking whether and how the model thinks first
 * @param outputConfig how the answer is to be made
 * @param tools what the model may call
 * @param toolChoice which tools it may or must call
 * @param cacheControl marks the last cacheable block of the request as a cache breakpoint
 * @param container the container that code execution is to use
 * @param diagnostics asks why the prompt cache was missed
 * @param inferenceGeo where the model must run
 * @param extraBody body fields this version does not know, as one JSON object; beta features and sampling parameters go
 *     here
 * @param headers headers of this request, on top of the client's
 * @param betas values for {@code anthropic-beta}, on top of the client's
 * @param tenant on whose behalf it is asked: tenants take turns when requests wait. Not sent; null for what the Reactor
 *     Context says
 * @param priority how urgent it is among requests that wait. Not sent; null for what the Reactor Context says
 */
public record MessageRequest(
        String model,
        int maxTokens,
        List<MessageParam> messages,
        List<TextBlock> system,
        List<String> stopSequences,
        @Nullable Metadata metadata,
        @Nullable ServiceTier serviceTier,
        @Nullable Speed speed,
        @Nullable Thinking thinking,
        @Nullable OutputConfig outputConfig,
        List<Tool> tools,
        @Nullable ToolChoice toolChoice,
        @Nullable CacheControl cacheControl,
        @Nullable ContainerParam container,
        @Nullable Diagnostics diagnostics,
        @Nullable String inferenceGeo,
        Json extraBody,
        Map<String, String> headers,
        List<String> betas,
        @Nullable String tenant,
        @Nullable Priority priority) {
    private static final Set<String> TYPED_FIELDS = Set.of(
            "model",
            "max_tokens",
            "messages",
            "system",
            "stop_sequences",
            "metadata",
            "service_tier",
            "speed",
            "thinking",
            "output_config",
            "tools",
            "tool_choice",
            "cache_control",
            "container",
            "diagnostics",
            "inference_geo",
            "stream");

    /**
     * Copies the collections. Values are not judged here: the client does that before it sends anything.
     *
     * @throws NullPointerException if an argument that is not nullable is null
     * @throws IllegalArgumentException if {@code extraBody} holds a field that has a component of its own, or
     *     {@code stream}: it would stand twice in the body
     */
    public MessageRequest {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(extraBody, "extraBody");
        messages = List.copyOf(messages);
        system = List.copyOf(system);
        stopSequences = List.copyOf(stopSequences);
        tools = List.copyOf(tools);
        headers = headers.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        header -> header.getKey().toLowerCase(Locale.ROOT),
                        Map.Entry::getValue,
                        (first, last) -> last));
        betas = List.copyOf(betas);
        for (String name : extraBody.members().keySet()) {
            if (TYPED_FIELDS.contains(name)) {
                throw new IllegalArgumentException("extraBody must not hold \"" + name + "\": it is set otherwise");
            }
        }
    }

    /**
     * A builder without values.
     *
     * @return a new builder
     */
    public static MessageRequestBuilder builder() {
        return new MessageRequestBuilder();
    }

    /**
     * A builder that holds the values of this request, to ask again with a difference.
     *
     * @return a new builder
     */
    public MessageRequestBuilder toBuilder() {
        return new MessageRequestBuilder(this);
    }

    @Override
    public String toString() {
        return "MessageRequest[" + model + ", maxTokens=" + maxTokens + ", " + messages.size() + " messages, "
                + tools.size() + " tools]";
    }
}
