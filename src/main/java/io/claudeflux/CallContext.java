package io.claudeflux;

import io.claudeflux.message.Priority;
import java.util.Objects;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * What a call can be told through the Reactor Context, for code that does not make the request itself, such as a filter
 * that knows the user.
 *
 * <pre>{@code
 * chain.filter(exchange).contextWrite(CallContext.tenant("acme"));
 * }</pre>
 *
 * <p>What the request itself says goes first.
 */
public final class CallContext {
    /** The key of the tenant, a {@link String}: calls of different tenants take turns when they wait. */
    public static final String TENANT = "io.claudeflux.tenant";

    /** The key of the {@link Priority}: calls that are more urgent go first when they wait. */
    public static final String PRIORITY = "io.claudeflux.priority";

    private CallContext() {}

    /**
     * Names the tenant on whose behalf all calls upstream are made.
     *
     * @param tenant any name
     * @return for {@code contextWrite}
     */
    public static ContextView tenant(String tenant) {
        return Context.of(TENANT, Objects.requireNonNull(tenant, "tenant"));
    }

    /**
     * Says how urgent all calls upstream are.
     *
     * @param priority how urgent
     * @return for {@code contextWrite}
     */
    public static ContextView priority(Priority priority) {
        return Context.of(PRIORITY, Objects.requireNonNull(priority, "priority"));
    }

    /** Anything can be under a key that anybody can write: what is not understood counts as not said. */
    static String tenantOf(ContextView context) {
        Object said = context.getOrDefault(TENANT, null);
        return said instanceof String tenant ? tenant : "";
    }

    static Priority priorityOf(ContextView context) {
        Object said = context.getOrDefault(PRIORITY, null);
        return said instanceof Priority priority ? priority : Priority.NORMAL;
    }
}
