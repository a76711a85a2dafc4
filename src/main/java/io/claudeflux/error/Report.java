package io.claudeflux.error;

import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.Message;
import io.claudeflux.message.PartialMessage;
import io.claudeflux.message.RequestShape;
import io.claudeflux.message.ResponseMetadata;
import io.claudeflux.message.UsageReport;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes {@link ClaudeException#report()}: one fact a line, those that are not known left out. */
final class Report {
    private static final int WORD_BYTES = 100;
    private static final int NAME_WIDTH = 12;
    /** The problems of a request that was refused here stand below each other. */
    private static final Pattern LIST = Pattern.compile("\n +");

    private final ClaudeException failure;
    private final StringBuilder lines = new StringBuilder();

    Report(ClaudeException failure) {
        this.failure = failure;
    }

    String text() {
        CallFacts facts = failure.context().facts();
        String message = LIST.matcher(failure.getMessage()).replaceAll(" ");
        line("failure", failure.getClass().getSimpleName() + " (" + failure.origin() + "): " + message);
        if (facts != null) {
            line("time", facts.began() + ", failed after " + seconds(facts.elapsed()));
            line("endpoint", facts.endpoint());
        }
        if (failure instanceof ApiException answer) {
            answer(answer);
        }
        outcome();
        failure.partial().ifPresent(this::partial);
        if (facts != null) {
            facts.attempts().forEach(this::attempt);
            line("clocks", clocks(facts.clocks()));
            request(facts);
        }
        line("versions", versions(facts));
        return lines.toString();
    }

    private void answer(ApiException answer) {
        String means = answer.effectiveStatus() == answer.status() ? "" : ", means " + answer.effectiveStatus();
        line("status", answer.status() + means);
        line(
                "error type",
                answer.errorType() + answer.errorCode().map(code -> ", " + code).orElse(""));
        ResponseMetadata response = answer.response();
        line("organization", response.organizationId().orElse(null));
        line("aws id", response.header("x-amzn-requestid").orElse(null));
        line("cf-ray", response.header("cf-ray").orElse(null));
    }

    private void outcome() {
        line("request-id", failure.requestId().orElse(null));
        line("retry-after", failure.retryAfter().map(Report::seconds).orElse(null));
        String why = failure.notRetried().map(reason -> ", then " + reason).orElse("");
        line("attempts", failure.attempts() + why + (failure.isAmbiguous() ? "; one may have been served" : ""));
        line("delivered", failure.eventsDelivered() == 0 ? "nothing" : failure.eventsDelivered() + " events");
    }

    private void partial(PartialMessage partial) {
        Message message = partial.message();
        Map<String, Integer> blocks = message.content().stream()
                .collect(Collectors.toMap(ContentBlock::type, one -> 1, Integer::sum, java.util.TreeMap::new));
        UsageReport usage = partial.usage();
        line(
                "arrived",
                (blocks.isEmpty() ? "no block" : counts(blocks)) + " of " + word(message.model()) + "; "
                        + usage.usage().totalInputTokens() + " tokens in, "
                        + usage.usage().outputTokens() + " out"
                        + (usage.isExact() ? "" : ", estimated"));
    }

    private void attempt(FailedAttempt attempt) {
        line(
                "attempt " + attempt.number(),
                (attempt.model().isEmpty() ? "" : word(attempt.model()) + ", ")
                        + seconds(attempt.elapsed()) + ": " + attempt.failure()
                        + (attempt.requestId() == null ? "" : " [request-id " + word(attempt.requestId()) + "]")
                        + (attempt.delay() == null ? "" : "; then waited " + seconds(attempt.delay())));
    }

    private void request(CallFacts facts) {
        RequestShape shape = facts.shape();
        if (shape == null) {
            return;
        }
        line(
                "request",
                word(shape.model()) + ", max_tokens " + shape.maxTokens()
                        + (facts.bodyBytes() == 0 ? "" : ", " + facts.bodyBytes() + " bytes"));
        line("turns", counts(shape.turns()));
        line("blocks", counts(shape.blocks()) + (shape.systemBlocks() == 0 ? "" : ", system " + shape.systemBlocks()));
        line("tools", shape.tools().isEmpty() ? null : counts(shape.tools()));
        line("set", shape.flags().isEmpty() ? null : words(shape.flags()));
        line("betas", shape.betas().isEmpty() ? null : words(shape.betas()));
    }

    private static String versions(@Nullable CallFacts facts) {
        String version = Report.class.getPackage().getImplementationVersion();
        return "claude-flux " + (version == null ? "dev" : version)
                + (facts == null || facts.platform().isEmpty() ? "" : ", " + facts.platform())
                + ", Java " + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + "), "
                + System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch");
    }

    private static String clocks(Map<String, Duration> clocks) {
        return clocks.entrySet().stream()
                .map(clock -> clock.getKey() + " " + (clock.getValue().isZero() ? "off" : seconds(clock.getValue())))
                .collect(Collectors.joining(", "));
    }

    private static String counts(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(count -> word(count.getKey()) + " " + count.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String words(Collection<String> words) {
        return words.stream().map(Report::word).collect(Collectors.joining(", "));
    }

    /** Names are plain ASCII without a blank: what is not was said, and got into the place of a name. */
    private static String word(String word) {
        boolean isWord = word.strip().chars().allMatch(c -> c > ' ' && c < 0x7f);
        return isWord ? ServerText.clean(word, WORD_BYTES) : "a text of " + word.length() + " characters";
    }

    /** To the millisecond, which says more than enough about a network. */
    private static String seconds(Duration duration) {
        String exact = NotRetried.seconds(Duration.ofMillis(duration.toMillis()));
        return exact + " s";
    }

    private void line(String name, @Nullable String value) {
        if (value != null) {
            lines.append(name)
                    .append(" ".repeat(Math.max(1, NAME_WIDTH - name.length())))
                    .append(ServerText.clean(value, 2048))
                    .append('\n');
        }
    }
}
