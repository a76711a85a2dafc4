package io.claudeflux.internal.preflight;

import io.claudeflux.message.Json;
import io.claudeflux.message.MessageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as the rules look at it.
 *
 * @param request what is asked
 * @param terms how it is sent
 * @param extra the body fields that this version has no type for
 * @param turns the conversation
 */
record Inspected(MessageRequest request, Preflight.Terms terms, Map<String, Json> extra, List<Turn> turns) {
    static Inspected of(MessageRequest request, Preflight.Terms terms) {
        List<Turn> turns = new ArrayList<>(request.messages().size());
        for (int i = 0; i < request.messages().size(); i++) {
            turns.add(Turn.of(i, request.messages().get(i)));
        }
        return new Inspected(request, terms, request.extraBody().members(), turns);
    }

    /** Null if the body has no such field beside the typed ones, or it is null. */
    @Nullable Json extra(String name) {
        return value(extra, name);
    }

    /** A conversation that the server keeps: what is sent is only its end. */
    boolean isContinued() {
        Json thread = extra("thread");
        return thread != null && !"create".equals(word(thread.members(), "type"));
    }

    static @Nullable Json value(Map<String, Json> members, String name) {
        Json value = members.get(name);
        return value == null || value.isNull() ? null : value;
    }

    /** Null if there is no such member, or it is no string. */
    static @Nullable String word(Map<String, Json> members, String name) {
        Json value = members.get(name);
        return value == null ? null : value.asString().orElse(null);
    }
}
