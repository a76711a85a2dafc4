package io.claudeflux.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A setting of one member of a toolset.
 *
 * @param enabled whether the model may call it; null leaves the server's default
 * @param deferLoading whether the model sees it only when a search for tools found it; null leaves the default
 * @param extra the fields this version does not know, as one JSON object
 */
public record MemberConfig(
        @Nullable Boolean enabled, @Nullable Boolean deferLoading, Json extra) {
    /**
     * Takes any setting.
     *
     * @throws NullPointerException if {@code extra} is null
     */
    public MemberConfig {
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * A member that the model may not call.
     *
     * @return <code>{"enabled": false}</code>
     */
    public static MemberConfig disabled() {
        return new MemberConfig(false, null, Json.emptyObject());
    }

    /**
     * A member that the model sees only when a search for tools found it.
     *
     * @return <code>{"defer_loading": true}</code>
     */
    public static MemberConfig deferred() {
        return new MemberConfig(null, true, Json.emptyObject());
    }
}
