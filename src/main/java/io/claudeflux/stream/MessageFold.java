package io.claudeflux.stream;

import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.Json;
import io.claudeflux.message.Message;
import io.claudeflux.message.Usage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fold of everything but the blocks: the seed of {@code message_start}, changed by each {@code message_delta}. */
final class MessageFold {
    private @Nullable Message message;

    boolean isStarted() {
        return message != null;
    }

    Usage usage() {
        return started().usage();
    }

    void start(MessageStart start) {
        if (message != null) {
            throw new IllegalStateException("the message began twice");
        }
        message = start.message();
    }

    void change(MessageDelta event) {
        Message old = started();
        MessageChange change = event.delta();
        message = old.toBuilder()
                .stopReason(replaced(change, "stop_reason", change.stopReason(), old.stopReason()))
                .stopSequence(replaced(change, "stop_sequence", change.stopSequence(), old.stopSequence()))
                .stopDetails(replaced(change, "stop_details", change.stopDetails(), old.stopDetails()))
                // A null container means "no news": the one of message_start stands.
                .container(change.container() != null ? change.container() : old.container())
                .usage(updated(old.usage(), event.usage()))
                .extra(overlaid(overlaid(old.extra(), change.extra()), event.extra()))
                .build();
    }

    Message build(List<ContentBlock> content, @Nullable String model) {
        Message.Builder built = started().toBuilder().content(content);
        return model == null ? built.build() : built.model(model).build();
    }

    private Message started() {
        if (message == null) {
            throw new IllegalStateException("the message has not begun");
        }
        return message;
    }

    private static <T> @Nullable T replaced(MessageChange change, String name, @Nullable T now, @Nullable T before) {
        return now != null || change.cleared().contains(name) ? now : before;
    }

    /** Counters are totals of the whole message: they replace, and an absent one changes nothing. */
    private static Usage updated(Usage old, MessageDeltaUsage now) {
        return new Usage(
                or(now.inputTokens(), old.inputTokens()),
                or(now.outputTokens(), old.outputTokens()),
                now.cacheCreationInputTokens() != null
                        ? now.cacheCreationInputTokens()
                        : old.cacheCreationInputTokens(),
                now.cacheReadInputTokens() != null ? now.cacheReadInputTokens() : old.cacheReadInputTokens(),
                old.cacheCreation(),
                now.outputTokensDetails() != null ? now.outputTokensDetails() : old.outputTokensDetails(),
                now.serverToolUse() != null ? now.serverToolUse() : old.serverToolUse(),
                old.serviceTier(),
                old.speed(),
                old.inferenceGeo(),
                overlaid(old.extra(), unsaid(now.extra(), old)));
    }

    /**
     * Without what only {@code message_start} tells. The API does not repeat it; a gateway that does must not make two
     * fields of one name out of it.
     */
    private static Json unsaid(Json extra, Usage old) {
        if (extra.isEmptyObject()) {
            return extra;
        }
        Map<String, Json> members = new LinkedHashMap<>(extra.members());
        remove(members, "cache_creation", old.cacheCreation());
        remove(members, "service_tier", old.serviceTier());
        remove(members, "speed", old.speed());
        remove(members, "inference_geo", old.inferenceGeo());
        return Json.of(members);
    }

    private static void remove(Map<String, Json> members, String name, @Nullable Object said) {
        if (said != null) {
            members.remove(name);
        }
    }

    private static long or(@Nullable Long now, long before) {
        return now == null ? before : now;
    }

    /**
     * Fields this version does not know follow the rule of the known optional ones: the later value stands, null is no
     * news.
     */
    private static Json overlaid(Json below, Json above) {
        if (above.isEmptyObject()) {
            return below;
        }
        Map<String, Json> members = new LinkedHashMap<>(below.members());
        above.members().forEach((name, value) -> {
            if (!value.isNull()) {
                members.put(name, value);
            }
        });
        return Json.of(members);
    }
}
