package io.claudeflux.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.error.ConfigurationException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** S01, S26: what a key and an id is made of. */
class SecretRulesTests {
    private static final String KEY = "sk-ant-TESTKEY-0123456789abcdef";

    @Test
    void everyVisibleAsciiCharacterMayBeInAKey() {
        StringBuilder all = new StringBuilder();
        for (char c = 0x21; c <= 0x7E; c++) {
            all.append(c);
        }
        assertThat(secret(all.toString())).isEqualTo(all.toString());
        assertThat(secret("x")).isEqualTo("x");
        assertThat(secret("x".repeat(512))).hasSize(512);
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
            assertThatThrownBy(() -> secret(key)).isInstanceOfSatisfying(ConfigurationException.class, error -> {
                assertThat(error.setting()).isEqualTo("apiKey");
                assertThat(error.getMessage()).endsWith("at index " + index).doesNotContain("TESTKEY", "sk-ant");
                assertThat(error.getCause()).isNull();
            });
        }
    }

    @Test
    void keysHaveALength() {
        assertThatThrownBy(() -> secret(""))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("apiKey must have 1 to 512 characters but has 0");
        assertThatThrownBy(() -> secret("k".repeat(513)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("apiKey must have 1 to 512 characters but has 513");
        assertThatThrownBy(() -> SecretRules.secret("authToken", "k".repeat(8193), SecretRules.TOKEN_CHARS))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("authToken must have 1 to 8192 characters but has 8193");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "'", "`"})
    void quotesAroundAValueAreNoPartOfIt(String quote) {
        assertThatThrownBy(() -> secret(quote + KEY + quote))
                .hasMessageContaining("quotation mark at index 0")
                .hasMessageNotContaining("TESTKEY");
        assertThatThrownBy(() -> secret(KEY + quote)).hasMessageContaining("quotation mark at index 31");
        assertThat(secret(KEY + quote + "x")).hasSize(33);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\r\nx-evil: 1", "a\u0000", "a/b", "\u00e9", "a,b"})
    void idsAreWordsOfLettersDigitsAndAFewSigns(String id) {
        assertThatThrownBy(() -> SecretRules.id("workspace_id", id))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageNotContaining("evil");
        assertThat(SecretRules.id("workspace_id", "wrkspc_01A-b.c:d")).isEqualTo("wrkspc_01A-b.c:d");
    }

    private static String secret(String key) {
        return SecretRules.secret("apiKey", key, SecretRules.KEY_CHARS);
    }
}
