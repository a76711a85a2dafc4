package io.claudeflux.internal.auth;

import io.claudeflux.error.ClaudeException;
import io.claudeflux.message.Json;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object in a file: those that are known have to be right, others are let be. Messages name the
 * file and the member, and quote nothing.
 */
final class Fields {
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private final String setting;
    private final Path path;
    private final String within;
    private final Json object;

    private Fields(String setting, Path path, String within, Json object) {
        this.setting = setting;
        this.path = path;
        this.within = within;
        this.object = object;
    }

    static Fields of(String setting, Path path, String text) {
        try {
            Json json = Json.parse(text);
            if (json.isObject()) {
                return new Fields(setting, path, "", json);
            }
        } catch (IllegalArgumentException notJson) {
            throw SmallFile.failed(setting, path, "is " + notJson.getMessage());
        }
        throw SmallFile.failed(setting, path, "is not a JSON object");
    }

    Optional<Fields> object(String name) {
        return present(name).map(json -> {
            if (!json.isObject()) {
                throw invalid(name, "is not an object");
            }
            return new Fields(setting, path, within + name + ".", json);
        });
    }

    @Nullable String string(String name) {
        Json json = present(name).orElse(null);
        if (json == null) {
            return null;
        }
        String text = json.asString().orElseThrow(() -> invalid(name, "is not a string"));
        return text.isEmpty() ? null : text;
    }

    String required(String name) {
        String text = string(name);
        if (text == null) {
            throw invalid(name, "is missing");
        }
        return text;
    }

    /** A whole number of seconds. */
    OptionalLong seconds(String name) {
        Json json = present(name).orElse(null);
        return json == null ? OptionalLong.empty() : OptionalLong.of(number(json, name));
    }

    private long number(Json json, String name) {
        try {
            BigDecimal number =
                    new BigDecimal(json.asString().orElseGet(json::text).strip());
            return number.signum() < 0 ? 0 : number.min(MOST).longValue();
        } catch (NumberFormatException notANumber) {
            throw invalid(name, "is not a number");
        }
    }

    /** An id, checked to be one. */
    @Nullable String id(String name) {
        String id = string(name);
        return id == null ? null : SecretRules.id(path + ": " + within + name, id);
    }

    /** A secret, checked to be one. */
    @Nullable String secret(String name) {
        String secret = string(name);
        return secret == null ? null : SecretRules.secret(path + ": " + within + name, secret, SecretRules.TOKEN_CHARS);
    }

    ClaudeException invalid(String name, String problem) {
        return SmallFile.failed(setting, path, "cannot be used: " + within + name + " " + problem);
    }

    private Optional<Json> present(String name) {
        return object.get(name).filter(json -> !json.isNull());
    }
}
