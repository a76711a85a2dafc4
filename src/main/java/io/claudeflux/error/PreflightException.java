package io.claudeflux.error;

import io.claudeflux.error.Finding.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A request that the API must refuse was not sent. {@link #findings()} has all that is wrong with it, so that one look
 * is enough.
 *
 * <p>What is checked can be turned off with {@code ClaudeClient.Builder.preflight} and
 * {@code CallOptions.withPreflight}, for the day on which the API accepts more than this version knows of.
 */
public final class PreflightException extends ConfigurationException {
    private static final int SHOWN = 10;

    /** What is wrong, refusals first. */
    private final List<Finding> findings;

    /**
     * A request that is refused.
     *
     * @param findings what was found; at least one of them is a refusal
     * @throws IllegalArgumentException if none is
     */
    public PreflightException(List<Finding> findings) {
        this(inOrder(findings), FailureContext.local());
    }

    private PreflightException(List<Finding> findings, FailureContext context) {
        super("request", sentence(findings), null, context);
        this.findings = findings;
    }

    /**
     * All that was found.
     *
     * @return the refusals, then the warnings, each in the order of the request; immutable
     */
    public List<Finding> findings() {
        return findings;
    }

    private static List<Finding> inOrder(List<Finding> findings) {
        List<Finding> ordered = new ArrayList<>(findings);
        ordered.sort(Comparator.comparing(Finding::severity));
        if (ordered.isEmpty() || !ordered.get(0).isRefusal()) {
            throw new IllegalArgumentException("none of the findings is a refusal");
        }
        return List.copyOf(ordered);
    }

    /** Bounded: a conversation may be wrong in each of its thousands of turns. */
    private static String sentence(List<Finding> findings) {
        List<Finding> refusals = findings.stream()
                .filter(finding -> finding.severity() == Severity.REFUSED)
                .toList();
        StringBuilder sentence = new StringBuilder("the API would refuse this request, so it was not sent; it has ")
                .append(refusals.size() == 1 ? "1 problem:" : refusals.size() + " problems:");
        int shown = Math.min(SHOWN, refusals.size());
        for (int i = 0; i < shown; i++) {
            sentence.append("\n  ").append(i + 1).append(". ").append(refusals.get(i));
        }
        if (shown < refusals.size()) {
            sentence.append("\n  and ").append(refusals.size() - shown).append(" more, see findings()");
        }
        return sentence.toString();
    }

    @Override
    public String label() {
        return "preflight";
    }

    @Override
    ClaudeException copy(FailureContext context) {
        return new PreflightException(findings, context);
    }
}
