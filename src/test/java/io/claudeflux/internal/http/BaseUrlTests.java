package io.claudeflux.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.error.ConfigurationException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** S05: where requests may go. */
class BaseUrlTests {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "https://api.anthropic.com, https://api.anthropic.com",
        "https://api.anthropic.com/, https://api.anthropic.com",
        "https://api.anthropic.com///, https://api.anthropic.com",
        "' https://api.anthropic.com ', https://api.anthropic.com",
        "https://gateway.example/claude, https://gateway.example/claude",
        "https://gateway.example/claude/v2/, https://gateway.example/claude/v2",
        "https://gateway.example:8443/a%20b, https://gateway.example:8443/a%20b",
        "https://93.184.216.34, https://93.184.216.34",
        "https://[2606:2800::1]:443/x, https://[2606:2800::1]:443/x",
        "http://localhost, http://localhost",
        "http://LOCALHOST:8080/, http://LOCALHOST:8080",
        "http://127.0.0.1:8080, http://127.0.0.1:8080",
        "http://127.8.9.10, http://127.8.9.10",
        "http://[::1], http://[::1]",
        "http://[::1]:8080/p/, http://[::1]:8080/p",
        "http://[0:0:0:0:0:0:0:1], http://[0:0:0:0:0:0:0:1]",
        "http://[0000:0000::0001], http://[0000:0000::0001]",
        "HTTPS://api.anthropic.com/, https://api.anthropic.com",
        "Http://127.0.0.1:8080/P, http://127.0.0.1:8080/P",
    })
    void usableUrlsAreKeptWithoutTheirLastSlash(String text, String expected) {
        assertThat(BaseUrl.parse(text, false)).hasToString(expected);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "http://example.com",
                "http://api.anthropic.com",
                "http://10.0.0.1",
                "http://192.168.0.1:8080",
                "http://localhost.example.com",
                "http://127.0.0.1.example.com",
                "http://example.com/localhost",
                "http://127.0.0.1.nip.io",
                "http://[::2]",
                "http://[::1:1]",
                "http://[fe80::1]",
                "http://[2001:db8::1]",
                "http://0.0.0.0",
                "http://128.0.0.1",
                "http://xlocalhost",
                "HTTP://EXAMPLE.COM",
                "http://[::]"
            })
    void plainHttpToAnotherMachineMustBeAllowed(String text) {
        assertThatThrownBy(() -> BaseUrl.parse(text, false))
                .isInstanceOfSatisfying(ConfigurationException.class, error -> {
                    assertThat(error.setting()).isEqualTo("baseUrl");
                    assertThat(error.getMessage()).contains("clear text", "allowPlaintext");
                });
        assertThat(BaseUrl.parse(text, true).getHost()).isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                " ",
                "api.anthropic.com",
                "//api.anthropic.com",
                "/v1",
                "ftp://example.com",
                "file:///etc/passwd",
                "jar:https://example.com!/",
                "wss://example.com",
                "mailto:a@example.com",
                "https:",
                "https://",
                "https:///v1",
                "https:example.com",
                "https://a b.com",
                "https://exa mple.com",
                "https://[::1",
                "https://example.com/a b",
                "https://example.com/%zz",
                "not a url",
                "https://under_score.example:port",
                "ht\ntps://example.com",
                "https://example.com/\r\nx-evil: 1"
            })
    void whatIsNoUrlIsRefused(String text) {
        for (boolean allowPlaintext : new boolean[] {true, false}) {
            assertThatThrownBy(() -> BaseUrl.parse(text, allowPlaintext)).isInstanceOf(ConfigurationException.class);
        }
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("S05 a user, a query or a fragment")
    @ValueSource(
            strings = {
                "https://user:SECRET@example.com", "https://SECRET@example.com", "https://@example.com",
                "https://example.com?key=SECRET", "https://example.com/?", "https://example.com#SECRET",
                "https://example.com/#", "http://127.0.0.1@example.com", "http://localhost:80@example.com/SECRET",
                "https://user:SECRET@exa mple.com"
            })
    void secretsInTheUrlAreRefusedAndNotRepeated(String text) {
        assertThatThrownBy(() -> BaseUrl.parse(text, true))
                .isInstanceOf(ConfigurationException.class)
                .satisfies(error -> {
                    assertThat(error.getMessage()).doesNotContain("SECRET");
                    assertThat(error.getCause()).isNull();
                });
    }

    @Test
    void hostThatOnlyLooksLikeThisMachineIsAnotherOne() {
        for (String host : new String[] {"loca1host", "localhost0", "127", "127.0.0", "127.0.0.1.1", "1127.0.0.1"}) {
            assertThatThrownBy(() -> BaseUrl.parse("http://" + host, false))
                    .as(host)
                    .isInstanceOf(ConfigurationException.class);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"http://1", "http://0001", "http://01:8080"})
    void numberIsNotThisMachine(String text) {
        assertThatThrownBy(() -> BaseUrl.parse(text, false)).isInstanceOf(ConfigurationException.class);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"https://example.com:99999", "https://example.com:65536", "https://example.com:0"})
    void portMustBeOne(String text) {
        assertThatThrownBy(() -> BaseUrl.parse(text, true)).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void pathIsWrittenInAscii() {
        assertThat(BaseUrl.parse("https://gateway.example/caf\u00e9/", false))
                .hasToString("https://gateway.example/caf%C3%A9");
    }
}
