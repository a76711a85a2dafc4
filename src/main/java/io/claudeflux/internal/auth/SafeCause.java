package io.claudeflux.internal.auth;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the code of an application threw while it was asked for a secret. Such an exception may quote the secret, in its
 * own words or in those of its causes; where something in it looks like one, only the classes and stack traces are
 * kept.
 */
final class SafeCause {
    private static final int MOST = 50;
    /** What keys begin with, and what is long and mixed enough to be part of one. */
    private static final Pattern SECRET =
            Pattern.compile("sk-|eyJ|Bearer|(?=[A-Za-z_+/=~-]*\\d)(?=[\\d_+/=~-]*[A-Za-z])[\\w+/=~-]{16,}");

    private SafeCause() {}

    /** The exception itself, or one that stands for it. */
    static Throwable of(Throwable thrown) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        return isSafe(thrown, seen) ? thrown : new WithoutText(thrown, 0);
    }

    private static boolean isSafe(@Nullable Throwable thrown, Set<Throwable> seen) {
        if (thrown == null || !seen.add(thrown)) {
            return true;
        }
        // No more can be looked through than somebody can be expected to have thrown.
        boolean isPlain = seen.size() < MOST && !looksSecret(thrown);
        for (Throwable suppressed : thrown.getSuppressed()) {
            isPlain = isPlain && isSafe(suppressed, seen);
        }
        return isPlain && isSafe(thrown.getCause(), seen);
    }

    private static boolean looksSecret(Throwable thrown) {
        return SECRET.matcher(text(thrown.getMessage()) + " " + text(thrown.getLocalizedMessage()))
                        .find()
                || SECRET.matcher(text(thrown.toString())
                                .replace(thrown.getClass().getName(), ""))
                        .find();
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** Names the class of what was thrown, and where that was. */
    private static final class WithoutText extends RuntimeException {
        private static final long serialVersionUID = 1L;

        WithoutText(Throwable thrown, int depth) {
            super(
                    thrown.getClass().getName() + " (its text is not shown: it looks like a secret)",
                    thrown.getCause() == null || depth == MOST ? null : new WithoutText(thrown.getCause(), depth + 1));
            setStackTrace(thrown.getStackTrace());
        }
    }
}
