package io.claudeflux;

import io.claudeflux.error.ConfigurationException;
import io.claudeflux.internal.auth.Environment;
import io.claudeflux.internal.auth.Login;
import io.claudeflux.internal.auth.Logins;
import io.claudeflux.internal.http.BaseUrl;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, and where: what the application has set, then what its environment says, then the defaults.
 *
 * @param login who asks
 * @param baseUrl where
 * @param headers what every request carries
 */
record Identity(Login login, URI baseUrl, Map<String, String> headers) {
    private static final String DEFAULT_BASE_URL = "https://api.anthropic.com";
    private static final String KEY = "x-api-key";
    private static final String TOKEN = "authorization";

    /**
     * What the application has set.
     *
     * @param logins the logins by the names of their options
     * @param headers its headers, names in lower case
     * @param baseUrl where the API is; null if it did not say
     * @param allowPlaintext whether {@code http} to another machine is wanted
     */
    record Settings(
            Map<String, Supplier<Login>> logins,
            Map<String, String> headers,
            @Nullable String baseUrl,
            boolean allowPlaintext) {
        @Override
        public String toString() {
            return "Settings[" + logins.keySet() + ", headers=" + headers.keySet() + "]";
        }
    }

    /** Reads variables, and files if it comes to profiles. */
    static Identity of(Environment environment, Settings settings) {
        Map<String, String> headers = new LinkedHashMap<>(CustomHeaders.of(environment));
        headers.putAll(settings.headers());
        Login login = login(environment, settings.logins(), isProven(headers));
        return new Identity(login, baseUrl(environment, settings, login), headers);
    }

    /** Whether headers say who asks. */
    static boolean isProven(Map<String, String> headers) {
        return headers.containsKey(KEY) || headers.containsKey(TOKEN);
    }

    private static Login login(Environment environment, Map<String, Supplier<Login>> explicit, boolean isProven) {
        if (explicit.size() > 1) {
            String options = String.join("(...) and ", explicit.keySet()) + "(...)";
            throw new ConfigurationException(
                    explicit.keySet().iterator().next(),
                    options + " were called: only one of them can say who asks",
                    null);
        }
        if (isProven) {
            return Logins.none();
        }
        return explicit.isEmpty()
                ? Logins.ofEnvironment(environment)
                : explicit.values().iterator().next().get();
    }

    private static URI baseUrl(Environment environment, Settings settings, Login login) {
        String url = settings.baseUrl() != null ? settings.baseUrl() : environment.variable("ANTHROPIC_BASE_URL");
        if (url != null) {
            return BaseUrl.parse(url, settings.allowPlaintext());
        }
        String ofLogin = login.baseUrl();
        if (ofLogin == null) {
            return BaseUrl.parse(DEFAULT_BASE_URL, false);
        }
        try {
            return BaseUrl.parse(ofLogin, settings.allowPlaintext());
        } catch (ConfigurationException unfit) {
            throw new ConfigurationException(
                    unfit.setting(), login.origin() + ": base_url: " + unfit.getMessage(), null);
        }
    }

    /** Without the values of headers, any of which may be a secret. */
    @Override
    public String toString() {
        return "Identity[" + login + ", " + baseUrl.getHost() + ", headers=" + headers.keySet() + "]";
    }
}
