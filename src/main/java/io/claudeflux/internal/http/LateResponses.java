package io.claudeflux.internal.http;

import java.util.function.Consumer;
import reactor.core.publisher.Operators;
import reactor.netty.Connection;
import reactor.util.context.Context;

/**
 * Responses that arrive at the moment of a cancel. Reactor Netty reports them as dropped items, which they are not:
 * {@link Exchange#cancel()} lets them go. An application's own {@code onNextDropped} is not bothered with them.
 */
final class LateResponses {
    /** Reactor's name for a hook of one subscription. */
    private static final String HOOK = "reactor.onNextDropped.local";

    private LateResponses() {}

    static Context letGo(Context context) {
        Consumer<Object> hook = dropped -> {
            if (!(dropped instanceof Connection)) {
                Operators.onNextDropped(dropped, context);
            }
        };
        return context.put(HOOK, hook);
    }
}
