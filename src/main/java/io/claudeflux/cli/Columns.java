package io.claudeflux.cli;

/** Texts measured in the columns of a terminal, and made to fill exactly so many. */
final class Columns {
    private Columns() {}

    /** How many columns a text takes. */
    static int of(String text) {
        return text.codePoints().map(Columns::of).sum();
    }

    /** The beginning of a text, padded or cut. */
    static String head(String text, int width) {
        return head(text, width, of(text));
    }

    private static String head(String text, int width, int textWidth) {
        if (textWidth <= width) {
            return text + " ".repeat(width - textWidth);
        }
        int end = 0;
        int columns = 0;
        while (columns + of(text.codePointAt(end)) < width) {
            columns += of(text.codePointAt(end));
            end += Character.charCount(text.codePointAt(end));
        }
        return width <= 0 ? "" : text.substring(0, end) + "…" + " ".repeat(width - columns - 1);
    }

    /** The end of a text, padded or cut: what a reader of a growing text wants to see. */
    static String tail(String text, int width) {
        int start = text.length();
        int columns = 0;
        while (start > 0 && columns + of(text.codePointBefore(start)) <= width) {
            columns += of(text.codePointBefore(start));
            start -= Character.charCount(text.codePointBefore(start));
        }
        if (start == 0) {
            return text + " ".repeat(width - columns);
        }
        while (start < text.length() && columns + 1 > width) {
            columns -= of(text.codePointAt(start));
            start += Character.charCount(text.codePointAt(start));
        }
        return width <= 0 ? "" : "…" + text.substring(start) + " ".repeat(width - columns - 1);
    }

    /** Text on one line, without anything that could steer a terminal. */
    static String line(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.LINE_SEPARATOR ? ' ' : c)
                .forEach(line::appendCodePoint);
        return line.toString();
    }

    private static int of(int codePoint) {
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        return isWide(codePoint) ? 2 : 1;
    }

    /** Source: Unicode Standard Annex 11, the blocks that are wide throughout. */
    private static boolean isWide(int c) {
        return c >= 0x1100
                && (c <= 0x115F
                        || (c >= 0x2E80 && c <= 0xA4CF && c != 0x303F)
                        || (c >= 0xAC00 && c <= 0xD7A3)
                        || (c >= 0xF900 && c <= 0xFAFF)
                        || (c >= 0xFE30 && c <= 0xFE6F)
                        || (c >= 0xFF00 && c <= 0xFF60)
                        || (c >= 0xFFE0 && c <= 0xFFE6)
                        || (c >= 0x1F300 && c <= 0x1FAFF)
                        || (c >= 0x20000 && c <= 0x3FFFD));
    }
}
