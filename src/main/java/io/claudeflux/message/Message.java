package io.claudeflux.message;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An answer of the model: what it said, why it stopped, and what it cost.
 *
 * @param id the server's id for it
 * @param role always {@link Role#ASSISTANT} today
 * @param model the model that served it
 * @param content the blocks in their order
 * @param stopReason why the model stopped; null only while the message is still streaming
 * @param stopSequence the stop sequence that was produced
 * @param stopDetails why it was refused
 * @param container the code-execution container it used
 * @param diagnostics why the prompt cache was missed, if the request asked
 * @param usage the tokens it consumed
 * @param extra the fields this version does not know, as one JSON object
 */
public record Message(
        String id,
        Role role,
        String model,
        List<ContentBlock> content,
        @Nullable StopReason stopReason,
        @Nullable String stopSequence,
        @Nullable StopDetails stopDetails,
        @Nullable Container container,
        @Nullable CacheDiagnostics diagnostics,
        Usage usage,
        Json extra) {
    /**
     * Copies the content.
     *
     * @throws NullPointerException if an argument that is not nullable is null
     */
    public Message {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(usage, "usage");
        Objects.requireNonNull(extra, "extra");
        content = List.copyOf(content);
    }

    /**
     * All text of the answer, without thinking and tool calls.
     *
     * @return the text blocks joined without a separator; empty if there are none
     */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (ContentBlock block : content) {
            if (block instanceof TextBlock textBlock) {
                text.append(textBlock.text());
            }
        }
        return text.toString();
    }

    /**
     * This answer as a turn of the next request, every block as it came.
     *
     * @return an assistant turn
     */
    public MessageParam toParam() {
        return new MessageParam(role, content);
    }

    /**
     * A builder that holds the values of this message.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /**
     * A builder for tests and for messages that come from elsewhere.
     *
     * @param id the message's id
     * @param model the model that served it
     * @return a builder with no content and no usage
     */
    public static Builder builder(String id, String model) {
        return new Builder(new Message(
                id,
                Role.ASSISTANT,
                model,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                Usage.of(0, 0),
                Json.emptyObject()));
    }

    @Override
    public String toString() {
        return "Message[" + id + ", " + model + ", " + content.size() + " blocks, stopReason=" + stopReason + "]";
    }

    /** Changes some values of a message. Mutable, for use by one thread. */
    public static final class Builder {
        private final Message base;
        private String model;
        private List<ContentBlock> content;
        private @Nullable StopReason stopReason;
        private @Nullable String stopSequence;
        private @Nullable StopDetails stopDetails;
        private @Nullable Container container;
        private @Nullable CacheDiagnostics diagnostics;
        private Usage usage;
        private Json extra;

        private Builder(Message base) {
            this.base = base;
            this.model = base.model;
            this.content = base.content;
            this.stopReason = base.stopReason;
            this.stopSequence = base.stopSequence;
            this.stopDetails = base.stopDetails;
            this.container = base.container;
            this.diagnostics = base.diagnostics;
            this.usage = base.usage;
            this.extra = base.extra;
        }

        /**
         * Sets the model.
         *
         * @param model the model that served the message
         * @return this builder
         */
        public Builder model(String model) {
            this.model = model;
            return this;
        }

        /**
         * Sets the content.
         *
         * @param content the blocks in their order
         * @return this builder
         */
        public Builder content(List<? extends ContentBlock> content) {
            this.content = List.copyOf(content);
            return this;
        }

        /**
         * Sets why the model stopped.
         *
         * @param stopReason the reason
         * @return this builder
         */
        public Builder stopReason(@Nullable StopReason stopReason) {
            this.stopReason = stopReason;
            return this;
        }

        /**
         * Sets the stop sequence that was produced.
         *
         * @param stopSequence the sequence
         * @return this builder
         */
        public Builder stopSequence(@Nullable String stopSequence) {
            this.stopSequence = stopSequence;
            return this;
        }

        /**
         * Sets why the answer was refused.
         *
         * @param stopDetails the details
         * @return this builder
         */
        public Builder stopDetails(@Nullable StopDetails stopDetails) {
            this.stopDetails = stopDetails;
            return this;
        }

        /**
         * Sets the container.
         *
         * @param container the code-execution container
         * @return this builder
         */
        public Builder container(@Nullable Container container) {
            this.container = container;
            return this;
        }

        /**
         * Sets why the prompt cache was missed.
         *
         * @param diagnostics what the server says
         * @return this builder
         */
        public Builder diagnostics(@Nullable CacheDiagnostics diagnostics) {
            this.diagnostics = diagnostics;
            return this;
        }

        /**
         * Sets the tokens consumed.
         *
         * @param usage the usage
         * @return this builder
         */
        public Builder usage(Usage usage) {
            this.usage = usage;
            return this;
        }

        /**
         * Sets the fields this version does not know.
         *
         * @param extra one JSON object
         * @return this builder
         */
        public Builder extra(Json extra) {
            this.extra = extra;
            return this;
        }

        /**
         * The message.
         *
         * @return a new message
         */
        public Message build() {
            return new Message(
                    base.id,
                    base.role,
                    model,
                    content,
                    stopReason,
                    stopSequence,
                    stopDetails,
                    container,
                    diagnostics,
                    usage,
                    extra);
        }
    }
}
