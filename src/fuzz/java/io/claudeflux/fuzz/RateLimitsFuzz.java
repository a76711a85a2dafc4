package io.claudeflux.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.claudeflux.message.RateLimits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Response headers are the server's words: whatever they say, reading the limits never fails. */
class RateLimitsFuzz {
    private static final String[] PARTS = {"limit", "remaining", "reset"};

    @FuzzTest(maxDuration = "30s")
    void anyHeaderIsReadOrLeftOut(FuzzedDataProvider data) {
        Map<String, List<String>> headers = new HashMap<>();
        while (data.remainingBytes() > 0) {
            String family = data.consumeAsciiString(20);
            String part = data.pickValue(PARTS);
            headers.put("anthropic-ratelimit-" + family + "-" + part, List.of(data.consumeString(40)));
        }

        RateLimits.of(headers).requests();
    }
}
