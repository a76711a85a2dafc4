package io.claudeflux;

/**
 * The user turn that asks for the rest of an answer.
 *
 * <p>Two texts are joined without anything between them, so the seam is what its words are about: whether the first one
 * stops in the middle of a word, behind one, or behind white space decides how the second one has to begin.
 */
final class ContinuationTurn {
    /** Enough to find the place, even in a table or in code that repeats itself. */
    private static final int TAIL = 500;

    private ContinuationTurn() {}

    /**
     * Asks to go on.
     *
     * @param text all text that arrived
     * @param endsInText false if a block that is no text arrived behind it
     */
    static String behind(String text, boolean endsInText) {
        String broken = "The connection broke while you were writing the answer above, so it stops in the middle. "
                + "All of it up to there has been received and is kept. "
                + "What you write now will be joined to it directly, with nothing in between. ";
        String manner = "Write only the rest of the answer: do not repeat anything, "
                + "and write no introduction, apology or comment.";
        if (isBlank(text)) {
            return broken + "No text had been received yet: begin with the text behind the last block above. " + manner;
        }
        String tail = tail(text);
        String tag = tag(tail);
        return broken + "These are the last characters of the text that was received, exactly as they are, between <"
                + tag + "> and </" + tag + ">:\n\n<" + tag + ">" + tail + "</" + tag + ">\n\n"
                + (endsInText ? "" : "The last block above arrived whole behind this text; go on behind it. ")
                + seam(tail) + " Continue with exactly the character that comes next. " + manner;
    }

    /** Unlike {@code String.isBlank}, takes the spaces that do not break for white space, as the API does. */
    static boolean isBlank(String text) {
        return text.codePoints().allMatch(ContinuationTurn::isWhiteSpace);
    }

    private static boolean isWhiteSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** Never begins with half of a surrogate pair, which is no character and cannot be sent. */
    private static String tail(String text) {
        int start = Math.max(0, text.length() - TAIL);
        boolean splits = start > 0
                && Character.isLowSurrogate(text.charAt(start))
                && Character.isHighSurrogate(text.charAt(start - 1));
        return text.substring(splits ? start + 1 : start);
    }

    /** A name that the text does not hold, so that the text cannot seem to end early. */
    private static String tag(String tail) {
        String tag = "received";
        for (int i = 2; tail.contains(tag); i++) {
            tag = "received-" + i;
        }
        return tag;
    }

    private static String seam(String tail) {
        int last = tail.codePointBefore(tail.length());
        if (isWhiteSpace(last)) {
            return "It ends in white space, which is kept: begin with what comes behind that, "
                    + "without adding a space or a line break that is there already.";
        }
        if (Character.isLetterOrDigit(last)) {
            return "It may stop in the middle of a word or a number: then begin with the missing letters or digits, "
                    + "without a space before them. If the word is complete, begin with the space, line break or "
                    + "punctuation that follows it.";
        }
        return "If a space or a line break comes next, begin with it.";
    }
}
