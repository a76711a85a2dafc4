package io.claudeflux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.config.Proxy;
import io.claudeflux.error.ConfigurationException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which proxy the environment names; that nobody looks there unasked is in {@link ProxyTests}. */
class ProxyEnvironmentTests {
    private static final URI API = URI.create("https://api.example.com/v");
    private static final String PROXY = "http://proxy.example:3128";

    private final Map<String, String> variables = new HashMap<>();

    @ParameterizedTest
    @ValueSource(strings = {"HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"})
    void eachOfTheVariablesIsLookedAt(String name) {
        variables.put(name, PROXY);
        assertThat(ProxyEnvironment.of(variables::get, API)).isEqualTo(Proxy.http("proxy.example", 3128));
    }

    @Test
    void withoutAVariableThereIsNone() {
        variables.put("HTTP_PROXY", PROXY);
        variables.put("HTTPS_PROXY", " ");
        assertThat(ProxyEnvironment.of(variables::get, API)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "api.example.com|true",
                "API.Example.com|true",
                "example.com|true",
                ".example.com|true",
                "*.example.com|true",
                "*|true",
                "localhost, example.com|true",
                "api.example.com:443|true",
                "ample.com|false",
                "other.com|false",
                "''|false"
            })
    void whoIsNamedInNoProxyIsReachedWithout(String exceptions, boolean isNamed) {
        variables.put("https_proxy", PROXY);
        variables.put("NO_PROXY", exceptions);
        assertThat(ProxyEnvironment.of(variables::get, API) == null).isEqualTo(isNamed);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, true", "127.0.0.1:443, true", "0.0.1, false"})
    void addressesAreNamedWhole(String exceptions, boolean isNamed) {
        variables.put("https_proxy", PROXY);
        variables.put("no_proxy", exceptions);
        assertThat(ProxyEnvironment.of(variables::get, URI.create("https://127.0.0.1")) == null)
                .isEqualTo(isNamed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost,::1", "[::1]", "[::1]:443"})
    void addressesOfVersionSixAreNamedInNoProxyWithAndWithoutBrackets(String exceptions) {
        variables.put("NO_PROXY", exceptions);
        variables.put("HTTPS_PROXY", PROXY);
        assertThat(ProxyEnvironment.of(variables::get, URI.create("https://[::1]:8443/v")))
                .isNull();
        assertThat(ProxyEnvironment.of(variables::get, URI.create("https://[::2]")))
                .isNotNull();
    }

    @Test
    void aServerOfPlainHttpIsReachedWithout() {
        variables.put("ALL_PROXY", PROXY);
        assertThat(ProxyEnvironment.of(variables::get, URI.create("http://127.0.0.1:8080")))
                .isNull();
    }

    @Test
    void aVariableThatCannotBeReadIsNamedAndNotShown() {
        variables.put("HTTPS_PROXY", "http://me:proxy-pass-8642{@x:1");
        assertThatThrownBy(() -> ProxyEnvironment.of(variables::get, API))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("HTTPS_PROXY cannot be read")
                .hasMessageNotContaining("proxy-pass");
    }
}
