package io.claudeflux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OpenFilesTests {
    @Test
    void tooFewAreToldWithTheNumbersToMend() {
        assertThat(OpenFiles.complaint(5_000, 42, 1_024))
                .isEqualTo("5000 connections need 5142 open files in each of two processes, but only 1024 are allowed"
                        + " (ulimit -n); allow more, or ask for fewer --streams or --permits");
    }

    @Test
    void enoughIsEnough() {
        assertThat(OpenFiles.complaint(5_000, 42, 5_142)).isNull();
        assertThat(OpenFiles.complaint(1)).isNull();
    }
}
