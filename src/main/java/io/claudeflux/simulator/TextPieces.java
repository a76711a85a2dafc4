package io.claudeflux.simulator;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;

/**
 * A text cut into pieces the size of tokens: words keep their leading space, long words fall apart, and no piece ends
 * inside a surrogate pair. Joined, the pieces are the text. They are cut as they are asked for, so a text of any length
 * costs no second copy.
 */
final class TextPieces implements Iterable<String> {

    private final String text;
    private final long seed;
    private final boolean inWords;

    private TextPieces(String text, long seed, boolean inWords) {
        this.text = text;
        this.seed = seed;
        this.inWords = inWords;
    }

    /** Pieces of prose: about a word each. */
    static TextPieces words(String text, long seed) {
        return new TextPieces(text, seed, true);
    }

    /** Pieces of JSON: cut without regard to its grammar, as the API does. */
    static TextPieces fragments(String json, long seed) {
        return new TextPieces(json, seed, false);
    }

    /** How many tokens a text of this many characters counts for: the usual rule of thumb, four to a token. */
    static int tokens(long characters) {
        return (int) Math.min(Integer.MAX_VALUE, (characters + 3) / 4);
    }

    @Override
    public Iterator<String> iterator() {
        return new Cutter(new SplittableRandom(seed));
    }

    private final class Cutter implements Iterator<String> {

        private final SplittableRandom random;
        private int position;

        Cutter(SplittableRandom random) {
            this.random = random;
        }

        @Override
        public boolean hasNext() {
            return position < text.length();
        }

        @Override
        public String next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the text is used up");
            }
            int start = position;
            position = inWords ? endOfWord(position) : advance(position, random.nextInt(4, 20));
            return text.substring(start, position);
        }

        private int endOfWord(int from) {
            int end = from;
            while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
                end++;
            }
            int limit = advance(end, random.nextInt(6, 13));
            while (end < limit && Character.isLetterOrDigit(text.codePointAt(end))) {
                end = advance(end, 1);
            }
            if (end < limit && !Character.isWhitespace(text.charAt(end))) {
                end = advance(end, 1);
            }
            return end;
        }

        private int advance(int from, int codePoints) {
            int end = from;
            for (int i = 0; i < codePoints && end < text.length(); i++) {
                end += Character.charCount(text.codePointAt(end));
            }
            return end;
        }
    }
}
