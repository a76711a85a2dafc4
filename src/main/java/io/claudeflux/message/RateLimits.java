package io.claudeflux.message;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rate limits a response reported, by family.
 *
 * <p>A family is the part of the header's name between {@code anthropic-ratelimit-} (or {@code anthropic-}) and
 * {@code -limit}, {@code -remaining} or {@code -reset}: {@code requests}, {@code tokens}, {@code input-tokens},
 * {@code output-tokens}, {@code priority-input-tokens}, {@code fast-output-tokens}, {@code unified-5h}, and whatever
 * the server will add. They come with the response head, of a stream as of an error.
 *
 * @param families the limits by family
 * @param others the {@code anthropic-ratelimit-*} headers that are none of the three, such as {@code unified-status},
 *     by the rest of their name
 */
public record RateLimits(Map<String, RateLimit> families, Map<String, String> others) {
    private static final Pattern LIMIT =
            Pattern.compile("anthropic-(?:ratelimit-)?([a-z0-9-]+)-(limit|remaining|reset)");
    private static final Pattern EPOCH_SECONDS = Pattern.compile("\\d{1,12}(\\.\\d{1,9})?");
    private static final String PREFIX = "anthropic-ratelimit-";

    /**
     * Copies the maps.
     *
     * @throws NullPointerException if an argument is null
     */
    public RateLimits {
        families = Map.copyOf(families);
        others = Map.copyOf(others);
    }

    /**
     * Reads the limits from response headers. Values that are not numbers or times are left out, never an error.
     *
     * @param headers headers with lower-case names
     * @return the limits; empty families if there are none
     */
    public static RateLimits of(Map<String, List<String>> headers) {
        Map<String, Map<String, String>> found = new TreeMap<>();
        Map<String, String> others = new HashMap<>();
        headers.forEach((name, values) -> {
            Matcher matcher = LIMIT.matcher(name);
            if (values.isEmpty()) {
                return;
            }
            if (matcher.matches()) {
                found.computeIfAbsent(matcher.group(1), family -> new HashMap<>())
                        .put(matcher.group(2), values.get(0));
            } else if (name.startsWith(PREFIX)) {
                others.put(name.substring(PREFIX.length()), values.get(0));
            }
        });
        Map<String, RateLimit> families = new HashMap<>();
        found.forEach((family, parts) -> families.put(
                family,
                new RateLimit(
                        number(parts.get("limit")), number(parts.get("remaining")), instant(parts.get("reset")))));
        return new RateLimits(families, others);
    }

    /**
     * Requests per minute.
     *
     * @return the limit, if reported
     */
    public Optional<RateLimit> requests() {
        return family("requests");
    }

    /**
     * The most restrictive token limit in effect.
     *
     * @return the limit, if reported
     */
    public Optional<RateLimit> tokens() {
        return family("tokens");
    }

    /**
     * Input tokens per minute.
     *
     * @return the limit, if reported
     */
    public Optional<RateLimit> inputTokens() {
        return family("input-tokens");
    }

    /**
     * Output tokens per minute.
     *
     * @return the limit, if reported
     */
    public Optional<RateLimit> outputTokens() {
        return family("output-tokens");
    }

    /**
     * Any family by its name.
     *
     * @param name such as {@code priority-input-tokens}
     * @return the limit, if reported
     */
    public Optional<RateLimit> family(String name) {
        return Optional.ofNullable(families.get(name));
    }

    private static @Nullable Long number(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return Long.parseLong(text.trim());
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    /** RFC 3339, or seconds since the epoch as the {@code unified} family sends them. */
    private static @Nullable Instant instant(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String trimmed = text.trim();
        try {
            // The shape first: an exponent would make a number of gigabytes out of a few characters.
            return EPOCH_SECONDS.matcher(trimmed).matches()
                    ? Instant.ofEpochMilli(
                            new BigDecimal(trimmed).movePointRight(3).longValue())
                    : OffsetDateTime.parse(trimmed).toInstant();
        } catch (DateTimeException notATime) {
            return null;
        }
    }
}
