package io.claudeflux.internal.preflight;

import io.claudeflux.catalog.ModelInfo;
import io.claudeflux.config.ApiVersion;
import io.claudeflux.error.Finding;
import io.claudeflux.error.Finding.Severity;
import io.claudeflux.message.MessageRequest;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Looks at a request before it is sent. */
public final class Preflight {
    private static final List<BiConsumer<Inspected, Findings>> RULES = List.of(
            ModelRules::check,
            FieldRules::check,
            VersionRules::check,
            ThinkingRules::check,
            ToolRules::check,
            ContentRules::check,
            TurnRules::check,
            ToolPairing::check,
            CacheRules::check,
            BetaRules::check,
            CapabilityRules::check);

    private Preflight() {}

    /**
     * How a request is sent.
     *
     * @param version the {@code anthropic-version}
     * @param betas the values of {@code anthropic-beta}
     * @param model what the server told of the model that is asked; null if it has not been heard
     */
    public record Terms(
            String version, Set<String> betas, @Nullable ModelInfo model) {
        /** Copies the betas. */
        public Terms {
            betas = Set.copyOf(betas);
        }

        /**
         * Of a model of which nothing was heard.
         *
         * @param version the {@code anthropic-version}
         * @param betas the values of {@code anthropic-beta}
         */
        public Terms(String version, Set<String> betas) {
            this(version, betas, null);
        }

        /** What becomes of something that 2026-10-21 did away with; null if the version still has it. */
        @Nullable Severity removedIn20261021() {
            if (version.equals(ApiVersion.V2023_06_01.value())) {
                return null;
            }
            return version.equals(ApiVersion.V2026_10_21.value()) ? Severity.REFUSED : Severity.WARNING;
        }

        /** What becomes of something that 2023-06-01 never took; another version may. */
        Severity wrongIn20230601() {
            return version.equals(ApiVersion.V2023_06_01.value()) ? Severity.REFUSED : Severity.WARNING;
        }

        /** Whether a beta is on, in any of its editions: a newer one includes what an older one brought. */
        boolean hasBeta(String stem) {
            return betas.stream().anyMatch(beta -> beta.startsWith(stem));
        }
    }

    /**
     * All that is wrong with a request, or looks wrong.
     *
     * @param request what is asked
     * @param terms how it is sent
     * @return refusals and warnings, one family of rules after the other
     */
    public static List<Finding> check(MessageRequest request, Terms terms) {
        Findings findings = new Findings();
        Inspected inspected;
        try {
            inspected = Inspected.of(request, terms);
        } catch (IllegalArgumentException unreadable) {
            // It cannot be written either, and is refused then.
            return findings.all();
        }
        for (BiConsumer<Inspected, Findings> rules : RULES) {
            try {
                rules.accept(inspected, findings);
            } catch (IllegalArgumentException beyondTheBounds) {
                // JSON too deep or too long for the parser here is sent as it is: the server may take it.
            }
        }
        return findings.all();
    }

    /**
     * All that is wrong with a request, or looks wrong, when its tokens are only counted: nothing about fields that are
     * left out then, such as {@code max_tokens}.
     *
     * @param request what is asked
     * @param terms how it is sent
     * @return refusals and warnings
     */
    public static List<Finding> checkCount(MessageRequest request, Terms terms) {
        return check(request, terms).stream().filter(CountRules::matters).toList();
    }

    /**
     * A body that is larger than the endpoint takes.
     *
     * @param bytes how large it is
     * @param limit how large it may be
     * @return the refusal
     */
    public static Finding tooLarge(int bytes, int limit) {
        Findings findings = new Findings();
        SizeRules.tooLarge(bytes, limit, findings);
        return findings.all().get(0);
    }

    /**
     * A body that has no form on the wire.
     *
     * @param problem what is in the way, without a word of the request
     * @return the refusal
     */
    public static Finding unwritable(String problem) {
        Findings findings = new Findings();
        SizeRules.unwritable(problem, findings);
        return findings.all().get(0);
    }
}
