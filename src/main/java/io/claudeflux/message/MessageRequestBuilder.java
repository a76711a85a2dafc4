package io.claudeflux.message;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects the values of a request. Mutable, for use by one thread. */
public final class MessageRequestBuilder implements RequestHeaders<MessageRequestBuilder> {
    private @Nullable String model;
    private @Nullable Integer maxTokens;
    private final List<MessageParam> messages = new ArrayList<>();
    private final List<TextBlock> system = new ArrayList<>();
    private final List<String> stopSequences = new ArrayList<>();
    private @Nullable Metadata metadata;
    private @Nullable ServiceTier serviceTier;
    private @Nullable Speed speed;
    private @Nullable Thinking thinking;
    private @Nullable OutputConfig outputConfig;
    private final List<Tool> tools = new ArrayList<>();
    private @Nullable ToolChoice toolChoice;
    private @Nullable CacheControl cacheControl;
    private @Nullable ContainerParam container;
    private @Nullable Diagnostics diagnostics;
    private @Nullable String inferenceGeo;
    private final Map<String, Json> extraBody = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final List<String> betas = new ArrayList<>();
    private @Nullable String tenant;
    private @Nullable Priority priority;

    MessageRequestBuilder() {}

    MessageRequestBuilder(MessageRequest base) {
        model = base.model();
        maxTokens = base.maxTokens();
        messages.addAll(base.messages());
        system.addAll(base.system());
        stopSequences.addAll(base.stopSequences());
        metadata = base.metadata();
        serviceTier = base.serviceTier();
        speed = base.speed();
        thinking = base.thinking();
        outputConfig = base.outputConfig();
        tools.addAll(base.tools());
        toolChoice = base.toolChoice();
        cacheControl = base.cacheControl();
        container = base.container();
        diagnostics = base.diagnostics();
        inferenceGeo = base.inferenceGeo();
        extraBody.putAll(base.extraBody().members());
        headers.putAll(base.headers());
        betas.addAll(base.betas());
        tenant = base.tenant();
        priority = base.priority();
    }

    /**
     * Sets the model. Required.
     *
     * @param model an id or an alias, such as {@code claude-sonnet-5-5}
     * @return this builder
     */
    public MessageRequestBuilder model(String model) {
        this.model = model;
        return this;
    }

    /**
     * Sets the most tokens the model may generate. Required.
     *
     * @param maxTokens 0 or more
     * @return this builder
     */
    public MessageRequestBuilder maxTokens(int maxTokens) {
        this.maxTokens = maxTokens;
        return this;
    }

    /**
     * Adds a user turn.
     *
     * @param text what the application says
     * @return this builder
     */
    public MessageRequestBuilder user(String text) {
        return message(MessageParam.user(text));
    }

    /**
     * Adds an assistant turn.
     *
     * @param text what Claude said
     * @return this builder
     */
    public MessageRequestBuilder assistant(String text) {
        return message(MessageParam.assistant(text));
    }

    /**
     * Adds a turn.
     *
     * @param message the turn
     * @return this builder
     */
    public MessageRequestBuilder message(MessageParam message) {
        messages.add(Objects.requireNonNull(message, "message"));
        return this;
    }

    /**
     * Replaces the conversation.
     *
     * @param messages all turns, in order
     * @return this builder
     */
    public MessageRequestBuilder messages(List<MessageParam> messages) {
        this.messages.clear();
        this.messages.addAll(messages);
        return this;
    }

    /**
     * Sets the instructions.
     *
     * @param text words ahead of the conversation
     * @return this builder
     */
    public MessageRequestBuilder system(String text) {
        return system(List.of(new TextBlock(text)));
    }

    /**
     * Sets the instructions in blocks, which can carry cache breakpoints.
     *
     * @param blocks text ahead of the conversation
     * @return this builder
     */
    public MessageRequestBuilder system(List<TextBlock> blocks) {
        system.clear();
        system.addAll(blocks);
        return this;
    }

    /**
     * Sets the texts that end the answer.
     *
     * @param sequences the texts
     * @return this builder
     */
    public MessageRequestBuilder stopSequences(List<String> sequences) {
        stopSequences.clear();
        stopSequences.addAll(sequences);
        return this;
    }

    /**
     * Names the person behind the request.
     *
     * @param userId an opaque id; no name, mail address or number
     * @return this builder
     */
    public MessageRequestBuilder userId(String userId) {
        metadata = new Metadata(userId);
        return this;
    }

    /**
     * Sets the capacity asked for.
     *
     * @param serviceTier the value; null for none
     * @return this builder
     */
    public MessageRequestBuilder serviceTier(@Nullable ServiceTier serviceTier) {
        this.serviceTier = serviceTier;
        return this;
    }

    /**
     * Sets the speed asked for.
     *
     * @param speed the value; null for none
     * @return this builder
     */
    public MessageRequestBuilder speed(@Nullable Speed speed) {
        this.speed = speed;
        return this;
    }

    /**
     * Says whether and how the model thinks first.
     *
     * @param thinking the value; null for none
     * @return this builder
     */
    public MessageRequestBuilder thinking(@Nullable Thinking thinking) {
        this.thinking = thinking;
        return this;
    }

    /**
     * Sets how the answer is to be made.
     *
     * @param outputConfig the value; null for none
     * @return this builder
     */
    public MessageRequestBuilder outputConfig(@Nullable OutputConfig outputConfig) {
        this.outputConfig = outputConfig;
        return this;
    }

    /**
     * Sets which tools it may or must call.
     *
     * @param toolChoice the value; null for none
     * @return this builder
     */
    public MessageRequestBuilder toolChoice(@Nullable ToolChoice toolChoice) {
        this.toolChoice = toolChoice;
        return this;
    }

    /**
     * Marks the last cacheable block of the request as a cache breakpoint.
     *
     * @param cacheControl the value; null for none
     * @return this builder
     */
    public MessageRequestBuilder cacheControl(@Nullable CacheControl cacheControl) {
        this.cacheControl = cacheControl;
        return this;
    }

    /**
     * Asks why the prompt cache was missed.
     *
     * @param diagnostics the value; null for none
     * @return this builder
     */
    public MessageRequestBuilder diagnostics(@Nullable Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
        return this;
    }

    /**
     * Sets where the model must run.
     *
     * @param inferenceGeo the value; null for none
     * @return this builder
     */
    public MessageRequestBuilder inferenceGeo(@Nullable String inferenceGeo) {
        this.inferenceGeo = inferenceGeo;
        return this;
    }

    /**
     * Adds a tool.
     *
     * @param tool what the model may call
     * @return this builder
     */
    public MessageRequestBuilder tool(Tool tool) {
        tools.add(Objects.requireNonNull(tool, "tool"));
        return this;
    }

    /**
     * Replaces the tools.
     *
     * @param tools what the model may call
     * @return this builder
     */
    public MessageRequestBuilder tools(List<? extends Tool> tools) {
        this.tools.clear();
        this.tools.addAll(tools);
        return this;
    }

    /**
     * Sets the container that code execution is to use.
     *
     * @param container the value; null for none
     * @return this builder
     */
    public MessageRequestBuilder container(@Nullable ContainerParam container) {
        this.container = container;
        return this;
    }

    /**
     * Sets the container that code execution is to use, as JSON.
     *
     * @param container its id as a JSON string, or an object with {@code id} and {@code skills}
     * @return this builder
     * @throws IllegalArgumentException if it is neither
     */
    public MessageRequestBuilder container(Json container) {
        return container(container.as(ContainerParam.class));
    }

    /**
     * Adds a body field this version has no method for; beta features and sampling parameters go here.
     *
     * @param name the field's name on the wire
     * @param value anything {@link Json#of} takes
     * @return this builder
     */
    public MessageRequestBuilder extraBody(String name, @Nullable Object value) {
        extraBody.put(name, Json.of(value));
        return this;
    }

    @Override
    public MessageRequestBuilder header(String name, String value) {
        headers.put(name.toLowerCase(Locale.ROOT), value);
        return this;
    }

    @Override
    public MessageRequestBuilder beta(String... betas) {
        this.betas.addAll(List.of(betas));
        return this;
    }

    /**
     * Sets on whose behalf it is asked; tenants take turns when requests wait. Not sent.
     *
     * @param tenant any name
     * @return this builder
     */
    public MessageRequestBuilder tenant(String tenant) {
        this.tenant = tenant;
        return this;
    }

    /**
     * Sets how urgent it is among requests that wait. Not sent.
     *
     * @param priority {@link Priority#NORMAL} by default
     * @return this builder
     */
    public MessageRequestBuilder priority(Priority priority) {
        this.priority = priority;
        return this;
    }

    /**
     * The request.
     *
     * @return a new request
     * @throws IllegalArgumentException if an extra body field is one that this builder has a method for
     * @throws IllegalStateException if something required is missing; the message lists all of it
     */
    public MessageRequest build() {
        List<String> missing = new ArrayList<>();
        if (model == null) {
            missing.add("model");
        }
        if (maxTokens == null) {
            missing.add("maxTokens");
        }
        if (messages.isEmpty()) {
            missing.add("messages (at least one turn, such as user(...))");
        }
        if (model == null || maxTokens == null || !missing.isEmpty()) {
            throw new IllegalStateException("the request lacks " + String.join(", ", missing));
        }
        return new MessageRequest(
                model,
                maxTokens,
                messages,
                system,
                stopSequences,
                metadata,
                serviceTier,
                speed,
                thinking,
                outputConfig,
                tools,
                toolChoice,
                cacheControl,
                container,
                diagnostics,
                inferenceGeo,
                Json.of(extraBody),
                headers,
                betas,
                tenant,
                priority);
    }
}
