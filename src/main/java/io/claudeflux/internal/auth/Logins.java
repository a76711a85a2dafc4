package io.claudeflux.internal.auth;

import io.claudeflux.config.Federation;
import io.claudeflux.error.ConfigurationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** The ways to log in: those an application asks for, and the one its environment describes. */
public final class Logins {
    private static final Logger LOG = LoggerFactory.getLogger(Logins.class);
    private static final String KEY = "ANTHROPIC_API_KEY";
    private static final String TOKEN = "ANTHROPIC_AUTH_TOKEN";
    private static final String PROFILE = "ANTHROPIC_PROFILE";

    private Logins() {}

    /**
     * An API key.
     *
     * @param key 1 to 512 visible ASCII characters
     * @return the login
     * @throws ConfigurationException if it cannot be a key
     */
    public static Login apiKey(String key) {
        return SecretLogin.of(SecretLogin.Kind.API_KEY, key);
    }

    /**
     * An API key that is asked for.
     *
     * @param key called once for each attempt
     * @return the login
     */
    public static Login apiKey(Supplier<Mono<String>> key) {
        return SecretLogin.of(SecretLogin.Kind.API_KEY, key);
    }

    /**
     * An auth token.
     *
     * @param token 1 to 8,192 visible ASCII characters
     * @return the login
     * @throws ConfigurationException if it cannot be a token
     */
    public static Login authToken(String token) {
        return SecretLogin.of(SecretLogin.Kind.AUTH_TOKEN, token);
    }

    /**
     * An auth token that is asked for.
     *
     * @param token called once for each attempt
     * @return the login
     */
    public static Login authToken(Supplier<Mono<String>> token) {
        return SecretLogin.of(SecretLogin.Kind.AUTH_TOKEN, token);
    }

    /**
     * Identity federation.
     *
     * @param federation its description
     * @return the login
     * @throws ConfigurationException if an id cannot be one
     */
    public static Login federation(Federation federation) {
        return Federations.of(federation);
    }

    /**
     * For an application whose own headers say who asks.
     *
     * @return a login that shows nothing
     */
    public static Login none() {
        Mono<Proof> nothing = Mono.just(Proof.none());
        return (baseUrl, endpoint) -> () -> nothing;
    }

    /**
     * A profile; reads its file.
     *
     * @param name its name
     * @param environment tells where profiles are
     * @return the login
     * @throws ConfigurationException naming the file, if there is none or it cannot be used
     */
    public static Login profile(String name, Environment environment) {
        Profiles profiles = Profiles.of(environment);
        String checked = Profiles.checked("profile", name);
        if (profiles == null) {
            throw new ConfigurationException(
                    "profile",
                    "profile " + checked + " cannot be found: there is no home directory; set ANTHROPIC_CONFIG_DIR",
                    null);
        }
        return profiles.read(checked);
    }

    /**
     * What the environment describes: a key, a token, a profile by name, federation, or the profile in use. Reads files
     * for profiles.
     *
     * @param environment the environment
     * @return the login
     * @throws ConfigurationException if there is none; the message names everything that was looked at
     */
    public static Login ofEnvironment(Environment environment) {
        String key = environment.variable(KEY);
        String token = environment.variable(TOKEN);
        if (key != null && token != null) {
            LOG.warn("both {} and {} are set: the key is used, and the token is not", KEY, TOKEN);
        }
        if (key != null) {
            return apiKey(key);
        }
        if (token != null) {
            return authToken(token);
        }
        String profile = environment.variable(PROFILE);
        if (profile != null) {
            return profile(Profiles.checked(PROFILE, profile), environment);
        }
        Login federated = Federations.of(environment);
        return federated == null ? active(environment) : federated;
    }

    private static Login active(Environment environment) {
        Profiles profiles = Profiles.of(environment);
        String name = profiles == null ? Profiles.DEFAULT : profiles.active();
        if (profiles == null || !profiles.exists(name)) {
            String half = Federations.half(environment);
            throw nothing(profiles == null ? null : profiles.path(name).toString(), half.isEmpty() ? "" : "; " + half);
        }
        return profiles.read(name);
    }

    private static ConfigurationException nothing(@Nullable String path, String hint) {
        return new ConfigurationException(
                "apiKey",
                "no API key: none of apiKey(...), authToken(...), profile(...), federation(...) was called, none of "
                        + String.join(", ", KEY, TOKEN, PROFILE, Federations.RULE) + " is set, and there is no profile"
                        + (path == null ? " (no home directory, no ANTHROPIC_CONFIG_DIR)" : " at " + path)
                        + "; create a key in the Console and set " + KEY + hint,
                null);
    }
}
