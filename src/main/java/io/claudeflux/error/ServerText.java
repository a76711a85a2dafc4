package io.claudeflux.error;

/** Makes text that came over the network fit for messages and logs. */
final class ServerText {
    private ServerText() {}

    /**
     * Cuts at {@code max} characters and escapes control and line-separating characters, so that no text can forge a
     * log line or reach a terminal.
     */
    static String clean(String text, int max) {
        int length = Math.min(text.length(), max);
        StringBuilder clean = new StringBuilder(length + 16);
        for (int i = 0; i < length && clean.length() < max; i++) {
            char c = text.charAt(i);
            if (isUnsafe(c)) {
                clean.append(String.format("\\u%04x", (int) c));
            } else {
                clean.append(c);
            }
        }
        if (text.length() > length || clean.length() > max) {
            clean.setLength(Math.min(clean.length(), max));
            clean.append('…');
        }
        return clean.toString();
    }

    private static boolean isUnsafe(char c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || Character.getType(c) == Character.FORMAT;
    }
}
