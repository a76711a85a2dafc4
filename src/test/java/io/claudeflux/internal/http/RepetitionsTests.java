package io.claudeflux.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepetitionsTests {
    private static final String SECRET = "ab/cd+12=-s3cr3t";

    @ParameterizedTest
    @CsvSource({
        "bad ab/cd+12=-s3cr3t!, bad [k]!",
        "ab/cd+12=-s3cr3tab/cd+12=-s3cr3t, [k][k]",
        "aab/cd+12=-s3cr3t, a[k]",
        "ab\\/cd+12=-s3cr3t, [k]",
        "\\u0061b/cd\\u002B12=-s3cr3t., [k].",
        "ab%2Fcd%2b12%3D-s3cr3t&x, [k]&x",
        "ab&#x2F;cd&#43;12&#x003D;-s3cr3t, [k]",
        "\\\\u0061b/cd+12=-s3cr3t, \\[k]",
        "cut ab/cd+12, cut [k]",
        "cut ab/cd+1, cut ab/cd+1",
        "ab/cd+12=-s3cr3x, ab/cd+12=-s3cr3x",
        "ab%2, ab%2",
        "ab&#x2F, ab&#x2F",
        "'', ''",
    })
    void secretIsReplacedHoweverItIsWritten(String text, String told) {
        assertThat(Repetitions.replaced(text, SECRET, "[k]")).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({"k, ok", "1234567, 1234567"})
    void whatIsTooShortToBeOneIsLet(String secret, String text) {
        assertThat(Repetitions.replaced(text, secret, "[k]")).isEqualTo(text);
    }
}
