package io.claudeflux.internal.preflight;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which model somebody may have meant: a dot for a dash, the words in another order, a missing end, an id as other
 * platforms write it, a slip of a finger. Silent for names that are like no model's, as gateways have them, and for
 * what may be newer than the list.
 */
final class ModelNames {
    private static final int MAX_LENGTH = 100;
    private static final int MAX_DISTANCE = 2;

    private static final Pattern WELL_FORMED =
            Pattern.compile("claude-(?<line>[a-z]+)-(?<major>\\d)(?:-(?<minor>\\d))?(?:-\\d{8})?");
    /** A path or a vendor ahead of the id: openrouter/anthropic/claude-…, eu.anthropic.claude-… */
    private static final Pattern VENDOR = Pattern.compile("^(?:[a-z0-9_.-]+/)*(?:(?:[a-z]+\\.)?anthropic[./:])?(?=.)");

    private static final Pattern EDITION = Pattern.compile("-v\\d+(?::\\d+)?$|[-.]latest$|\\[[^\\]]*]$");
    private static final Pattern SEPARATORS = Pattern.compile("[^a-z0-9]+");
    private static final Pattern BOUNDARY = Pattern.compile("(?<=[a-z])(?=\\d)|(?<=\\d)(?=[a-z])");

    private ModelNames() {}

    /** The listed id that is nearest to a name; empty if the name is one, or is near none. */
    static Optional<String> nearest(String model) {
        if (model.length() > MAX_LENGTH || KnownModels.isKnown(model) || mayBeNewer(model)) {
            return Optional.empty();
        }
        String plain = model.strip().toLowerCase(Locale.ROOT);
        String tidy = tidy(plain);
        for (String id : KnownModels.IDS) {
            if (id.equals(tidy)) {
                return Optional.of(id);
            }
        }
        String beginning = tidy + "-";
        if (KnownModels.LINES.stream().anyMatch(line -> beginning.startsWith("claude-" + line + "-"))) {
            for (String id : KnownModels.IDS) {
                if (id.startsWith(beginning)) {
                    return Optional.of(id);
                }
            }
        }
        return byDistance(plain, tidy);
    }

    private static Optional<String> byDistance(String plain, String tidy) {
        String best = null;
        int least = MAX_DISTANCE + 1;
        for (String id : KnownModels.IDS) {
            int distance = Math.min(distance(plain, id), distance(tidy, id));
            if (distance < least) {
                least = distance;
                best = id;
            }
        }
        return Optional.ofNullable(best);
    }

    /** In the form of today's ids, and above what is listed. */
    private static boolean mayBeNewer(String model) {
        Matcher name = WELL_FORMED.matcher(model);
        if (!name.matches() || !KnownModels.LINES.contains(name.group("line"))) {
            return false;
        }
        int version = version(name);
        return KnownModels.IDS.stream()
                .map(WELL_FORMED::matcher)
                .filter(Matcher::matches)
                .filter(known -> known.group("line").equals(name.group("line")))
                .allMatch(known -> version(known) < version);
    }

    private static int version(Matcher name) {
        int minor = name.group("minor") == null ? 0 : Integer.parseInt(name.group("minor"));
        return 10 * Integer.parseInt(name.group("major")) + minor;
    }

    /** A model this version does not list, of a line and a number that took no prefill so far. */
    static boolean looksLikeOneWithoutPrefill(String model) {
        if (model.length() > MAX_LENGTH) {
            return false;
        }
        Matcher name = WELL_FORMED.matcher(tidy(model.strip().toLowerCase(Locale.ROOT)));
        return name.matches() && version(name) >= 46 && !KnownModels.isKnown(model);
    }

    /** Words ahead of numbers ahead of the date, with dashes between. */
    private static String tidy(String plain) {
        String id = VENDOR.matcher(plain.replace('@', '-')).replaceFirst("");
        id = EDITION.matcher(id).replaceFirst("");
        List<String> words = new ArrayList<>();
        List<String> numbers = new ArrayList<>();
        List<String> dates = new ArrayList<>();
        for (String part :
                SEPARATORS.splitAsStream(BOUNDARY.matcher(id).replaceAll("-")).toList()) {
            if (part.isEmpty()) {
                continue;
            }
            if (!Character.isDigit(part.charAt(0))) {
                words.add(part);
            } else if (part.length() < 6) {
                numbers.add(part);
            } else {
                dates.add(part);
            }
        }
        if (!words.isEmpty() && KnownModels.LINES.contains(words.get(0)) && words.size() + numbers.size() > 1) {
            words.add(0, "claude");
        }
        words.addAll(numbers);
        words.addAll(dates);
        return String.join("-", words);
    }

    /** How many slips apart: a letter too many, too few, another one, or two that changed places. */
    static int distance(String one, String other) {
        if (Math.abs(one.length() - other.length()) > MAX_DISTANCE) {
            return MAX_DISTANCE + 1;
        }
        int[] beforeLast = new int[other.length() + 1];
        int[] last = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[other.length() + 1];
            row[0] = i;
            int least = i;
            for (int j = 1; j <= other.length(); j++) {
                int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(last[j] + 1, row[j - 1] + 1), last[j - 1] + change);
                boolean isSwapped = i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1);
                if (isSwapped) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
                least = Math.min(least, row[j]);
            }
            if (least > MAX_DISTANCE) {
                return MAX_DISTANCE + 1;
            }
            beforeLast = last;
            last = row;
        }
        return last[other.length()];
    }
}
