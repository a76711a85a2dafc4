package io.claudeflux.stream;

import io.claudeflux.message.Container;
import io.claudeflux.message.Json;
import io.claudeflux.message.StopDetails;
import io.claudeflux.message.StopReason;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link MessageDelta} changes in the message.
 *
 * @param stopReason why the model stopped
 * @param stopSequence the stop sequence that was produced
 * @param stopDetails why the answer was refused
 * @param container the code-execution container that was used
 * @param cleared the wire names of those fields above that the server sent as {@code null}, which empties them; a field
 *     that is null and not in here was not sent
 * @param extra the fields this version does not know, as one JSON object
 */
public record MessageChange(
        @Nullable StopReason stopReason,
        @Nullable String stopSequence,
        @Nullable StopDetails stopDetails,
        @Nullable Container container,
        Set<String> cleared,
        Json extra) {
    /**
     * Copies the set.
     *
     * @throws NullPointerException if {@code cleared} or {@code extra} is null
     */
    public MessageChange {
        cleared = Set.copyOf(cleared);
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * Says why the model stopped, and nothing else.
     *
     * @param stopReason the reason
     * @return the change
     */
    public static MessageChange of(StopReason stopReason) {
        return new MessageChange(stopReason, null, null, null, Set.of(), Json.emptyObject());
    }
}
