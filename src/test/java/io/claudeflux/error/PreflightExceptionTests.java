package io.claudeflux.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.claudeflux.error.Finding.Severity;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreflightExceptionTests {
    private static Finding finding(Severity severity, String path) {
        return new Finding(severity, path, "is wrong", "it is right", "right it", "the book");
    }

    @Test
    void refusalsComeFirstAndOnlyTheyAreInTheMessage() {
        PreflightException error = new PreflightException(
                List.of(finding(Severity.WARNING, "model"), finding(Severity.REFUSED, "messages")));

        assertThat(error.findings()).extracting(Finding::path).containsExactly("messages", "model");
        assertThat(error)
                .hasMessage("the API would refuse this request, so it was not sent; it has 1 problem:"
                        + "\n  1. messages: is wrong; rule: it is right; fix: right it");
    }

    @Test
    void theMessageIsBoundedAndTheListIsNot() {
        PreflightException error =
                new PreflightException(Collections.nCopies(5_000, finding(Severity.REFUSED, "messages")));

        assertThat(error.findings()).hasSize(5_000);
        assertThat(error.getMessage()).contains("it has 5000 problems").endsWith("\n  and 4990 more, see findings()");
        assertThat(error.getMessage().length()).isLessThan(1_000);
    }

    @Test
    void aCopyKeepsWhatWasFound() {
        PreflightException error = new PreflightException(List.of(finding(Severity.REFUSED, "messages")));
        ClaudeException copy = error.withContext(error.context().withAttempts(2));

        assertThat(copy).isInstanceOfSatisfying(PreflightException.class, same -> {
            assertThat(same.findings()).isEqualTo(error.findings());
            assertThat(same.setting()).isEqualTo("request");
            assertThat(same.attempts()).isEqualTo(2);
            assertThat(same.getStackTrace()).isEqualTo(error.getStackTrace());
        });
    }

    @Test
    void warningsRefuseNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PreflightException(List.of(finding(Severity.WARNING, "model"))));
        assertThatIllegalArgumentException().isThrownBy(() -> new PreflightException(List.of()));
    }

    @Test
    void noTextForgesALineOfALog() {
        Finding finding = new Finding(Severity.WARNING, "model", "is \"a\nb\u202E\"", "r".repeat(5_000), "f", "s");

        assertThat(finding.toString()).contains("\\u000a", "\\u202e").doesNotContain("\n");
        assertThat(finding.rule().length()).isLessThan(700);
    }
}
