package io.claudeflux.stream;

import java.util.Arrays;

/**
 * A text that comes in many small pieces and is mostly never asked for.
 *
 * <p>Pieces are joined by the dozen and not one by one: a builder would copy everything again whenever it doubles, and
 * once more, in twice the space, when the first letter beyond Latin-1 comes.
 */
final class Pieces {
    private static final String[] NONE = {};
    private static final int FIRST_ROOM = 8;
    private static final int MOST_LOOSE = 64;

    /** Of {@link #MOST_LOOSE} pieces each, ahead of the loose ones. */
    private String[] joined = NONE;

    private int joinedCount;
    private String[] loose = NONE;
    private int looseCount;

    void add(String piece) {
        if (piece.isEmpty()) {
            return;
        }
        if (looseCount == MOST_LOOSE) {
            String text = String.join("", loose);
            if (joinedCount == joined.length) {
                joined = Arrays.copyOf(joined, Math.max(FIRST_ROOM, 2 * joinedCount));
            }
            joined[joinedCount++] = text;
            looseCount = 0;
        }
        if (looseCount == loose.length) {
            loose = Arrays.copyOf(loose, Math.max(FIRST_ROOM, 2 * looseCount));
        }
        loose[looseCount++] = piece;
    }

    boolean isEmpty() {
        return looseCount == 0;
    }

    /** All of it, which is kept as one piece from then on. */
    String text() {
        if (joinedCount == 0 && looseCount <= 1) {
            return looseCount == 0 ? "" : loose[0];
        }
        String[] all = Arrays.copyOf(joined, joinedCount + looseCount);
        System.arraycopy(loose, 0, all, joinedCount, looseCount);
        String text = String.join("", all);
        clear();
        add(text);
        return text;
    }

    void clear() {
        joined = NONE;
        joinedCount = 0;
        loose = NONE;
        looseCount = 0;
    }
}
