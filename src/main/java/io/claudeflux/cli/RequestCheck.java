package io.claudeflux.cli;

import io.claudeflux.ClaudeClient;
import io.claudeflux.config.Proxy;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.config.Timeouts;
import io.claudeflux.error.ApiException;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.Response;
import io.claudeflux.message.ResponseMetadata;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends the smallest request there is, through the library, and looks at what comes back. */
final class RequestCheck {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    /** Tokens of federation and signatures begin to fail about here. */
    private static final Duration MOST_SKEW = Duration.ofSeconds(60);

    private RequestCheck() {}

    static List<Check> of(Patient patient, @Nullable Proxy proxy, String model, Interrupt interrupt) {
        List<Check> checks = new ArrayList<>();
        long began = System.nanoTime();
        try (ClaudeClient claude = client(patient, proxy)) {
            Response<Message> answer = claude.messages()
                    .createWithResponse(MessageRequest.builder()
                            .model(model)
                            .maxTokens(1)
                            .user("Hi")
                            .build())
                    .takeUntilOther(interrupt.signal())
                    .block();
            if (answer != null) {
                clock(answer.metadata()).ifPresent(checks::add);
                checks.add(answered(answer, Duration.ofNanos(System.nanoTime() - began)));
            }
        } catch (ClaudeException failure) {
            if (failure instanceof ApiException api) {
                clock(api.response()).ifPresent(checks::add);
            }
            checks.add(failed(failure));
        }
        return checks;
    }

    private static ClaudeClient client(Patient patient, @Nullable Proxy proxy) {
        ClaudeClient.Builder builder = patient.clients()
                .get()
                .retry(RetryPolicy.none())
                .timeouts(Timeouts.defaults().withTotal(LONGEST));
        return (proxy == null ? builder : builder.proxy(proxy)).build();
    }

    private static Check answered(Response<Message> answer, Duration time) {
        Message message = answer.value();
        return Check.ok(
                "request",
                message.model() + " answered in " + Check.millis(time) + ", "
                        + message.usage().totalInputTokens() + " tokens in, "
                        + message.usage().outputTokens() + " out, request-id "
                        + answer.metadata().requestId().orElse("none"));
    }

    private static Check failed(ClaudeException failure) {
        List<String> advice = new ArrayList<>(Advice.of(failure));
        advice.add("For support:");
        failure.report().lines().map(line -> "  " + line).forEach(advice::add);
        return Check.fail("request", String.valueOf(failure.getMessage()), advice.toArray(String[]::new));
    }

    /** Compared to the second, which is as exact as the header is. */
    private static Optional<Check> clock(ResponseMetadata head) {
        return head.header("date").flatMap(RequestCheck::parse).map(server -> {
            Duration ahead = Duration.between(server, Instant.now());
            long seconds = ahead.toSeconds();
            String seen = Math.abs(seconds) <= 2
                    ? "as the server's"
                    : String.format(
                            Locale.ROOT,
                            "%d s %s the server's",
                            Math.abs(seconds),
                            seconds > 0 ? "ahead of" : "behind");
            return ahead.abs().compareTo(MOST_SKEW) <= 0
                    ? Check.ok("clock", seen)
                    : Check.warn(
                            "clock", seen, "Certificates and tokens are judged by it: set this machine's clock (NTP).");
        });
    }

    private static Optional<Instant> parse(String date) {
        try {
            return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException notOne) {
            return Optional.empty();
        }
    }
}
