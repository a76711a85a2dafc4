package io.claudeflux.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointTests {
    @ParameterizedTest
    @CsvSource({"MESSAGES, 32", "COUNT_TOKENS, 32", "BATCHES, 256", "FILES, 500"})
    void eachHasItsLimit(Endpoint endpoint, int megabytes) {
        assertThat(endpoint.maxBodyBytes()).isEqualTo(megabytes * 1_000_000);
    }

    @Test
    void aClientKeepsToTheLimitOfMessages() {
        assertThat(Limits.defaults().maxRequestBytes()).isEqualTo(Endpoint.MESSAGES.maxBodyBytes());
    }
}
