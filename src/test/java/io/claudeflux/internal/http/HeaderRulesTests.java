package io.claudeflux.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.error.ConfigurationException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** S03: what Reactor Netty would let through, and what it would change on the way. */
class HeaderRulesTests {
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
