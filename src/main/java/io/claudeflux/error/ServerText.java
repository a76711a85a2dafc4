package io.claudeflux.error;

/** Makes text that came over the network fit for messages and logs. */
final class ServerText {
    private ServerText() {}

    /**
     * Cuts at {@code maxBytes} bytes of UTF-8 and escapes control, format and line-separating characters, so that no
     * text can forge a log line, reach a terminal, or hide from the reader.
     */
    static String clean(String text, int maxBytes) {
        StringBuilder clean = new StringBuilder();
        int bytes = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            String shown = isUnsafe(point) ? escape(point) : Character.toString(point);
            bytes += shown.length() == 1 || shown.charAt(0) == '\\' ? width(shown) : 4;
            if (bytes > maxBytes) {
                return clean.append('…').toString();
            }
            clean.append(shown);
            i += Character.charCount(point);
        }
        return clean.toString();
    }

    private static int width(String shown) {
        char c = shown.charAt(0);
        return c < 0x80 ? shown.length() : c < 0x800 ? 2 : 3;
    }

    private static String escape(int point) {
        return String.format(point > 0xFFFF ? "\\u{%x}" : "\\u%04x", point);
    }

    private static boolean isUnsafe(int point) {
        int type = Character.getType(point);
        return Character.isISOControl(point)
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
    }
}
