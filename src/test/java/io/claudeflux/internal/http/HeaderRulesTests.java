package io.claudeflux.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.error.ConfigurationException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** S01, S03, S26: what Reactor Netty would let through, and what it would change on the way. */
class HeaderRulesTests {
    private static final String KEY = "sk-ant-TESTKEY-0123456789abcdef";

    @Test
    void everyVisibleAsciiCharacterMayBeInAKey() {
        StringBuilder all = new StringBuilder();
        for (char c = 0x21; c <= 0x7E; c++) {
            all.append(c);
        }
        assertThat(HeaderRules.secret("apiKey", all.toString())).isEqualTo(all.toString());
        assertThat(HeaderRules.secret("apiKey", "x")).isEqualTo("x");
        assertThat(HeaderRules.secret("apiKey", "x".repeat(512))).hasSize(512);
    }

    @ParameterizedTest
    @DisplayName("S01 S26 every other character is refused, wherever it stands, by its index and without the key")
    @ValueSource(
            chars = {
                '\n', '\r', '\0', '\t', ' ', 0x1F, 0x7F, 0x80, 0xA0, 0xE9, 0xFF, 0x10A, 0x201C, 0x2026, 0xD83D, 0xFEFF
            })
    void otherCharactersAreRefusedByTheirIndex(char c) {
        for (int index : new int[] {0, 7, KEY.length()}) {
            String key = KEY.substring(0, index) + c + KEY.substring(index);
            assertThatThrownBy(() -> HeaderRules.secret("apiKey", key))
                    .isInstanceOfSatisfying(ConfigurationException.class, error -> {
                        assertThat(error.setting()).isEqualTo("apiKey");
                        assertThat(error.getMessage())
                                .endsWith("at index " + index)
                                .doesNotContain("TESTKEY", "sk-ant");
                        assertThat(error.getCause()).isNull();
                    });
        }
    }

    @Test
    void keysHaveALength() {
        assertThatThrownBy(() -> HeaderRules.secret("apiKey", ""))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("apiKey must have 1 to 512 characters but has 0");
        assertThatThrownBy(() -> HeaderRules.secret("authToken", "k".repeat(513)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("authToken must have 1 to 512 characters but has 513");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "X-Request-Id", "anthropic-beta", "!#$%&'*+-.^_`|~", "0"})
    void namesAreTokens(String name) {
        assertThat(HeaderRules.name(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @DisplayName("S03 header name")
    @ValueSource(
            strings = {"", " ", "a b", "a:", "a\r\nx-evil: 1", "a\u0000", "é", "\u212a", "a(b)", "a\"", "a/b", "[a]"})
    void otherNamesAreRefused(String name) {
        assertThatThrownBy(() -> HeaderRules.name(name)).isInstanceOf(ConfigurationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "a b", "a\tb", "a, b;q=0.5", "\"quoted\" ~!"})
    void valuesAreVisibleAsciiWithBlanksInside(String value) {
        assertThat(HeaderRules.value("x-a", value)).isEqualTo(value);
    }

    @ParameterizedTest(name = "{1}")
    @DisplayName("S03 header value")
    @CsvSource({
        "'a\r\nX-Evil: 1', 1",
        "'a\nb', 1",
        "'a\rb', 1",
        "'a\u0000b', 1",
        "' a', 0",
        "'a ', 1",
        "'a\t', 1",
        "' ', 0",
        "'a\u007f', 1",
        "aé, 1",
        "a\u010a, 1",
        "a\u560a, 1",
        "a\u2028, 1",
        "'a\u000bb', 1"
    })
    void otherValuesAreRefusedByTheIndex(String value, int index) {
        assertThatThrownBy(() -> HeaderRules.value("x-a", value))
                .isInstanceOf(ConfigurationException.class)
                .satisfies(error -> assertThat(error.getMessage())
                        .startsWith("header x-a has a character at index " + index + " ")
                        .doesNotContain("Evil"));
    }
}
