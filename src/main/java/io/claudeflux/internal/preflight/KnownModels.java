package io.claudeflux.internal.preflight;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The models as of 2026-11-21: the ids that the official Java SDK 3.11.0 lists, and the docs on model deprecations.
 *
 * <p>It ages, so nothing that is missing here is ever refused: an unknown id is at most a warning, and one that may be
 * newer than the list is not even that.
 */
final class KnownModels {
    static final String SOURCE = "model ids of the official Java SDK 3.11.0, as of 2026-11-21";
    static final String DEPRECATIONS = "model deprecations of the API, as of 2026-11-21";

    /** Newest first within each line, so that the first match of a beginning is the newest. */
    static final List<String> IDS = List.of(
            "claude-fable-5-2",
            "claude-mythos-5-2",
            "claude-haiku-5-5",
            "claude-sonnet-5-5",
            "claude-opus-5-5",
            "claude-fable-5-1",
            "claude-mythos-5-1",
            "claude-sonnet-5",
            "claude-fable-5",
            "claude-mythos-5",
            "claude-opus-5",
            "claude-opus-4-8",
            "claude-opus-4-7",
            "claude-mythos-preview",
            "claude-opus-4-6",
            "claude-sonnet-4-6",
            "claude-haiku-4-5",
            "claude-haiku-4-5-20251001",
            "claude-opus-4-5",
            "claude-opus-4-5-20251101",
            "claude-sonnet-4-5",
            "claude-sonnet-4-5-20250929");

    static final Set<String> LINES = Set.of("haiku", "sonnet", "opus", "fable", "mythos");

    private static final Set<String> KNOWN = Set.copyOf(IDS);
    private static final Set<String> WITH_PREFILL = Set.of("claude-haiku-4-5", "claude-opus-4-5", "claude-sonnet-4-5");
    private static final Set<String> UP_TO_4_6 =
            Set.of("claude-haiku-4-5", "claude-opus-4-5", "claude-sonnet-4-5", "claude-opus-4-6", "claude-sonnet-4-6");

    private static final Map<String, String> RETIRES = Map.of("claude-sonnet-4-5", "2026-11-30");
    private static final Pattern RETIRED = Pattern.compile("claude-(instant-)?[12](\\.\\d)?(-100k)?"
            + "|claude-3(-[57])?-(opus|sonnet|haiku)(-latest|-\\d{8})?"
            + "|claude-(opus|sonnet)-4(-0|-\\d{8})"
            + "|claude-4-(opus|sonnet)-\\d{8}"
            + "|claude-opus-4-1(-\\d{8})?");
    private static final Pattern DATE = Pattern.compile("-\\d{8}$");

    private static final Map<String, String> DATED = dated();

    private KnownModels() {}

    private static Map<String, String> dated() {
        Map<String, String> dated = new HashMap<>();
        for (String id : IDS) {
            if (!base(id).equals(id)) {
                dated.put(base(id), id);
            }
        }
        return Map.copyOf(dated);
    }

    /** The id without a date at its end. */
    static String base(String model) {
        return DATE.matcher(model).replaceFirst("");
    }

    /** Listed, or a listed one with a date where none is known that it could have been mistaken for. */
    static boolean isKnown(String model) {
        if (KNOWN.contains(model)) {
            return true;
        }
        String base = base(model);
        return KNOWN.contains(base) && !DATED.containsKey(base);
    }

    static boolean isRetired(String model) {
        return RETIRED.matcher(model).matches();
    }

    /** When it retires; null if that is not announced. */
    static @Nullable String retires(String model) {
        return RETIRES.get(base(model));
    }

    static boolean takesNoPrefill(String model) {
        return isKnown(model) && !WITH_PREFILL.contains(base(model));
    }

    static boolean isNewerThanOpus46(String model) {
        return isKnown(model) && !UP_TO_4_6.contains(base(model));
    }

    static boolean isThinkingBudgetDeprecated(String model) {
        return model.equals("claude-opus-4-6") || model.equals("claude-mythos-preview");
    }
}
