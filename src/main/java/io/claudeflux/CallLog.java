package io.claudeflux;

import io.claudeflux.error.ApiException;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.message.UsageReport;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a line for each call when it ends, at WARN if it failed and else at DEBUG, and one at DEBUG for each retry; in
 * the form {@code name=value}, so that a search finds them. They hold ids, counts and labels: nothing that was asked or
 * answered, no key, and nothing that a server wrote but the id of the exchange.
 */
final class CallLog implements CallListener {
    private static final Logger LOG = LoggerFactory.getLogger(ClaudeClient.class);
    private static final int LONGEST_VALUE = 100;

    @Override
    public void onRetry(Retry retry) {
        if (!LOG.isDebugEnabled()) {
            return;
        }
        StringBuilder line = new StringBuilder("retry");
        add(line, "attempt", retry.failed().number());
        add(line, "model", retry.failed().model());
        add(line, retry.failure());
        add(line, "request_id", retry.failure().requestId());
        add(line, "delay_ms", retry.delay().toMillis());
        add(line, "next_model", retry.nextModel());
        LOG.debug("{}", line);
    }

    @Override
    public void onTerminal(End end) {
        boolean isFailure = end.outcome() == Outcome.FAILED;
        if (isFailure && LOG.isWarnEnabled()) {
            LOG.warn("{}", line(end));
        } else if (!isFailure && LOG.isDebugEnabled()) {
            LOG.debug("{}", line(end));
        }
    }

    private static StringBuilder line(End end) {
        StringBuilder line = new StringBuilder("call");
        add(line, "outcome", end.outcome().name().toLowerCase(Locale.ROOT));
        end.failure().ifPresent(failure -> add(line, failure));
        if (end.outcome() == Outcome.FAILED && end.failure().isEmpty()) {
            add(line, "error", "other");
        }
        add(line, "endpoint", end.endpoint());
        add(line, "model", end.model());
        add(line, "request_id", end.answer().requestId());
        add(line, "attempts", end.attempts());
        add(line, "events", end.eventsDelivered());
        add(line, "elapsed_ms", end.elapsed().toMillis());
        add(line, "waited_ms", end.waited().toMillis());
        end.usage().map(UsageReport::usage).ifPresent(usage -> {
            add(line, "input_tokens", usage.totalInputTokens());
            add(line, "output_tokens", usage.outputTokens());
        });
        return line;
    }

    private static void add(StringBuilder line, ClaudeException failure) {
        add(line, "error", failure.label());
        if (failure instanceof ApiException answer) {
            add(line, "status", answer.effectiveStatus());
        }
        add(
                line,
                "not_retried",
                failure.notRetried().map(reason -> reason.name().toLowerCase(Locale.ROOT)));
    }

    private static void add(StringBuilder line, String name, Optional<String> value) {
        value.ifPresent(known -> add(line, name, known));
    }

    private static void add(StringBuilder line, String name, long value) {
        line.append(' ').append(name).append('=').append(value);
    }

    /** One word of visible ASCII: what an application or a server wrote must not make a line of its own. */
    private static void add(StringBuilder line, String name, String value) {
        if (value.isEmpty()) {
            return;
        }
        line.append(' ').append(name).append('=');
        int length = Math.min(value.length(), LONGEST_VALUE);
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            line.append(c > ' ' && c < 0x7F ? c : '_');
        }
    }
}
