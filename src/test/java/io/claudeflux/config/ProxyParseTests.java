package io.claudeflux.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a proxy's URL may say. */
class ProxyParseTests {
    @ParameterizedTest
    @CsvSource({
        "http://proxy.example:3128, HTTP, proxy.example, 3128",
        "HTTP://proxy.example, HTTP, proxy.example, 80",
        "proxy.example:8080, HTTP, proxy.example, 8080",
        "' http://10.0.0.1:1 ', HTTP, 10.0.0.1, 1",
        "http://[::1]:3128/, HTTP, ::1, 3128",
        "socks5://s, SOCKS5, s, 1080",
        "socks5h://s:9, SOCKS5, s, 9",
        "socks://s:9, SOCKS5, s, 9"
    })
    void urlsAreRead(String text, Proxy.Type type, String host, int port) {
        assertThat(Proxy.parse(text)).isEqualTo(new Proxy(type, host, port, null, null));
    }

    @Test
    void credentialsMayBePercentEncoded() {
        Proxy proxy = Proxy.parse("http://us%40er:p+a%3Ass%2F@proxy.example:3128");
        assertThat(proxy.user()).isEqualTo("us@er");
        assertThat(proxy.password()).isEqualTo("p+a:ss/");
        assertThat(Proxy.parse("http://user@h:1").password()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://secret:word@proxy.example",
                "ftp://secret:word@proxy.example",
                "http://secret:word@",
                "http://secret:wo rd@h",
                "http://secret:word@h:0",
                "http://secret:word@h:65536",
                "http://secret:word%0d%0aX@h:1",
                "http://sec%3Aret:word@h:1",
                "http://secret:%@h:1",
                "secret/word://h:1",
                "http://secret:word@h_\u00e4:1",
                ""
            })
    void whatCannotBeIsRefusedAndNotShown(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Proxy.parse(text))
                .satisfies(refusal -> assertThat(String.valueOf(refusal))
                        .doesNotContain("secret")
                        .doesNotContain("word@")
                        .doesNotContain("%0d"));
    }

    @Test
    void partsAreChecked() {
        Proxy proxy = Proxy.http("h", 1);
        assertThatIllegalArgumentException().isThrownBy(() -> Proxy.http("h/x", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Proxy.http("a\r\nb", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> proxy.withCredentials("", "p"));
        assertThatIllegalArgumentException().isThrownBy(() -> proxy.withCredentials("u", "p\n"));
        assertThatIllegalArgumentException().isThrownBy(() -> proxy.withCredentials("u", "p".repeat(256)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Proxy(Proxy.Type.HTTP, "h", 1, "u", null));
        assertThat(proxy.withCredentials("secret", "word").toString()).isEqualTo("Proxy[HTTP h:1, with credentials]");
    }
}
