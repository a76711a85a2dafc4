package io.claudeflux.stream;

/**
 * How many tokens the content of a message is, from its characters. The tokenizer is not public, and a bill that says
 * "about 800" beats one that says 1.
 *
 * <p>English prose and code have some 3.5 characters a token. Of the scripts beyond ASCII some have about one token a
 * character (Chinese, Japanese, Korean, emoji), others two or three characters a token (Cyrillic, Greek, accented Latin
 * letters). One for all of them is right where it matters most, and otherwise errs on the side of more.
 */
final class TokenEstimate {
    /** Weights are in sevenths of a token, so that whole numbers are enough. */
    private static final int TOKEN = 7;

    private static final int ASCII = 2;

    private long weight;

    /**
     * What the server sends and the model did not write is no output: signatures, citations. A compaction is billed
     * apart from the message.
     */
    void add(Delta delta) {
        if (delta instanceof TextDelta text) {
            add(text.text());
        } else if (delta instanceof InputJsonDelta input) {
            add(input.partialJson());
        } else if (delta instanceof ThinkingDelta thinking) {
            add(thinking.thinking());
        }
    }

    /** Runs for every delta of every stream: no copy, one pass. */
    void add(String text) {
        long sum = weight;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                sum += ASCII;
            } else if (!Character.isLowSurrogate(c)) { // a pair is one character
                sum += TOKEN;
            }
        }
        weight = sum;
    }

    /** The server has counted everything up to here. */
    void clear() {
        weight = 0;
    }

    /** A token begun is one. */
    long tokens() {
        return (weight + TOKEN - 1) / TOKEN;
    }
}
