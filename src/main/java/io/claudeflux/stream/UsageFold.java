package io.claudeflux.stream;

import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.StreamedInput;
import io.claudeflux.message.TextBlock;
import io.claudeflux.message.ThinkingBlock;
import io.claudeflux.message.Usage;
import io.claudeflux.message.UsageReport;

/** What arrived since the server last counted the output, and whether that count was the final one. */
final class UsageFold {
    private final TokenEstimate uncounted = new TokenEstimate();
    private boolean stopped;
    private boolean isFinal;

    /** Most blocks begin empty. Those of other types that do not are results of server tools, which are input. */
    void add(ContentBlock seed) {
        if (seed instanceof TextBlock text) {
            uncounted.add(text.text());
        } else if (seed instanceof ThinkingBlock thinking) {
            uncounted.add(thinking.thinking());
        } else if (seed instanceof StreamedInput call && !call.input().isEmptyObject()) {
            uncounted.add(call.input().text());
        }
    }

    void add(Delta delta) {
        uncounted.add(delta);
    }

    /**
     * A count is final once the model has stopped: a stop reason without a count leaves the estimate standing, and a
     * count may still follow it.
     */
    void change(MessageDelta event) {
        stopped = stopped || event.stopReason() != null;
        if (event.usage().outputTokens() != null) {
            uncounted.clear();
            isFinal = stopped;
        }
    }

    UsageReport report(Usage counted) {
        long estimate = uncounted.tokens();
        return estimate == 0
                ? new UsageReport(counted, isFinal)
                : new UsageReport(counted.withOutputTokens(counted.outputTokens() + estimate), false);
    }
}
