package io.claudeflux.catalog;

import io.claudeflux.message.Effort;
import io.claudeflux.message.Json;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a model can do, as the server lists it. What it does not list is null, and what it lists without saying yes or
 * no has no {@link Capability#supported()}: unknown, in both cases.
 *
 * @param batch whether it may be asked in batches
 * @param citations whether it cites documents
 * @param codeExecution whether it runs code at the server
 * @param imageInput whether it reads images
 * @param pdfInput whether it reads PDF documents
 * @param structuredOutputs whether it answers in the form of a JSON schema
 * @param contextManagement how the server may shorten its context, by the names of the edits
 * @param effort which efforts can be asked for, by their words
 * @param serverTools which tools the server runs for it
 * @param thinking which modes of thinking it has, below the part {@code types}
 * @param extra the capabilities this version does not know, as one JSON object
 */
public record Capabilities(
        @Nullable Capability batch,
        @Nullable Capability citations,
        @Nullable Capability codeExecution,
        @Nullable Capability imageInput,
        @Nullable Capability pdfInput,
        @Nullable Capability structuredOutputs,
        @Nullable Capability contextManagement,
        @Nullable Capability effort,
        @Nullable Capability serverTools,
        @Nullable Capability thinking,
        Json extra) {
    /**
     * Takes what the server lists.
     *
     * @throws NullPointerException if {@code extra} is null
     */
    public Capabilities {
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * One level of effort.
     *
     * @param level the effort asked for
     * @return what is known about it; that of effort as a whole where there is none at all; empty if nothing is known
     */
    public Optional<Capability> effort(Effort level) {
        return partOf(effort, Optional.ofNullable(effort).flatMap(all -> all.part(level.value())));
    }

    /**
     * One mode of thinking.
     *
     * @param type its name on the wire, as {@link io.claudeflux.message.Thinking#type()} has it
     * @return what is known about it; empty if nothing is known
     */
    public Optional<Capability> thinking(String type) {
        Optional<Capability> part =
                Optional.ofNullable(thinking).flatMap(all -> all.part("types")).flatMap(types -> types.part(type));
        // A model that does not think at all can be told not to.
        return type.equals("disabled") ? part : partOf(thinking, part);
    }

    private static Optional<Capability> partOf(@Nullable Capability whole, Optional<Capability> part) {
        return whole != null && whole.isDenied() ? Optional.of(whole) : part;
    }
}
