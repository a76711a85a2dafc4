package io.claudeflux.internal.json;

import java.util.Random;

/** Random JSON texts of every shape: nested, spaced, escaped, with surrogate pairs in both writings. */
final class RandomJson {
    private static final String[] SCALARS = {
        "0", "-1", "7", "1.50", "-2.5e-3", "1E+2", "12345678901234567890", "true", "false", "null"
    };
    private static final String[] PIECES = {
        "a",
        "Zürich",
        " ",
        "  ",
        "\\n",
        "\\\"",
        "\\\\",
        "\\/",
        "\\u00e9",
        "\\u0000",
        "\\ud83d\\ude00",
        "😀",
        "豆",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "true",
        "1",
        "\u2028",
        "\\b\\f\\r\\t",
        "\\uD83D\\uDE00"
    };
    private static final String[] GAPS = {"", "", "", " ", "\n  ", "\t"};

    private RandomJson() {}

    /** Any value that nests at most so deep. */
    static String text(Random random, int depth) {
        int kind = random.nextInt(depth > 0 ? 5 : 2);
        return switch (kind) {
            case 0 -> SCALARS[random.nextInt(SCALARS.length)];
            case 1 -> string(random);
            case 2 -> array(random, depth - 1);
            default -> object(random, depth - 1);
        };
    }

    /** An object whose names differ. */
    static String object(Random random, int depth) {
        StringBuilder text = new StringBuilder("{").append(gap(random));
        int size = random.nextInt(5);
        for (int i = 0; i < size; i++) {
            text.append(i == 0 ? "" : ",").append(gap(random));
            text.append("\"")
                    .append(i)
                    .append(pieces(random))
                    .append("\"")
                    .append(gap(random))
                    .append(":");
            text.append(gap(random)).append(text(random, depth)).append(gap(random));
        }
        return text.append("}").toString();
    }

    static String string(Random random) {
        return "\"" + pieces(random) + "\"";
    }

    private static String array(Random random, int depth) {
        StringBuilder text = new StringBuilder("[").append(gap(random));
        int size = random.nextInt(5);
        for (int i = 0; i < size; i++) {
            text.append(i == 0 ? "" : ",")
                    .append(gap(random))
                    .append(text(random, depth))
                    .append(gap(random));
        }
        return text.append("]").toString();
    }

    private static String pieces(Random random) {
        StringBuilder text = new StringBuilder();
        int size = random.nextInt(6);
        for (int i = 0; i < size; i++) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static String gap(Random random) {
        return GAPS[random.nextInt(GAPS.length)];
    }
}
