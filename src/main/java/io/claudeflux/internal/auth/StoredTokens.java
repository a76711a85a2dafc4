package io.claudeflux.internal.auth;

import io.claudeflux.message.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What a login has left in its file: a token, and what to trade for the next one. Prints no secret. */
final class StoredTokens {
    private static final long LONGEST_LIFE = Duration.ofDays(3650).toSeconds();

    private final Json file;
    private final @Nullable AccessToken access;
    private final @Nullable String refresh;

    private StoredTokens(Json file, @Nullable AccessToken access, @Nullable String refresh) {
        this.file = file;
        this.access = access;
        this.refresh = refresh;
    }

    static StoredTokens read(Fields fields, Json file, Instant now) {
        String type = fields.string("type");
        if (type != null && !type.equals("oauth_token")) {
            throw fields.invalid("type", "is not oauth_token");
        }
        String access = fields.secret("access_token");
        String refresh = fields.secret("refresh_token");
        if (access == null && refresh == null) {
            throw fields.invalid("access_token", "is missing, and so is refresh_token");
        }
        return new StoredTokens(
                file,
                access == null ? null : new AccessToken(access, now, life(fields.seconds("expires_at"), now)),
                refresh);
    }

    private static Duration life(OptionalLong expires, Instant now) {
        if (expires.isEmpty()) {
            return AccessToken.DEFAULT_LIFE;
        }
        long left = Math.min(expires.getAsLong(), now.getEpochSecond() + LONGEST_LIFE) - now.getEpochSecond();
        return Duration.ofSeconds(Math.max(0, left));
    }

    /** Null if there is none, and one has to be fetched. */
    @Nullable AccessToken access() {
        return access;
    }

    /** Null if there is none, so that somebody has to log in again. */
    @Nullable String refresh() {
        return refresh;
    }

    /** The same login after a trade. */
    StoredTokens with(TokenAnswer answer) {
        String next = answer.refresh() == null ? refresh : answer.refresh();
        return new StoredTokens(file, answer.access(), next);
    }

    /** As the file should be: with what else was in it. */
    String text() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(file.toMap());
        fields.put("type", "oauth_token");
        if (access != null) {
            fields.put("access_token", access.value());
            fields.put("expires_at", access.expires().getEpochSecond());
        }
        if (refresh != null) {
            fields.put("refresh_token", refresh);
        }
        return Json.of(fields).text();
    }

    @Override
    public String toString() {
        return "StoredTokens[" + access + "]";
    }
}
