package io.claudeflux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OpenFilesTests {
    @Test
    void tooFewAreToldWithTheNumbersToMend() {
        assertThat(OpenFiles.complaint(5_000, "1024"))
                .isEqualTo("5000 connections need 5150 open files in each of two processes, but only 1024 are allowed"
                        + " (ulimit -n); allow more, or ask for fewer --streams or --permits");
    }

    @Test
    void enoughIsEnoughAndWhatIsNotKnownIsNoHindrance() {
        assertThat(OpenFiles.complaint(5_000, "5150")).isNull();
        assertThat(OpenFiles.complaint(5_000, "unlimited")).isNull();
        assertThat(OpenFiles.complaint(5_000, "")).isNull();
        assertThat(OpenFiles.complaint(1)).isNull();
    }
}
