package io.claudeflux.internal.json;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Makes a whole object of the beginning of one: open strings and brackets are closed, and what is only half written — a
 * name without its value, a number that may go on, half an escape — is left out.
 *
 * <p>A scan over the characters that keeps the longest prefix after which closing the brackets gives JSON. It does not
 * judge syntax; whoever parses the result does.
 */
final class PartialJson {
    private final String text;
    private final Deque<Character> closers = new ArrayDeque<>();
    private int safe;
    private int safeDepth;
    private boolean isName;

    private PartialJson(String text) {
        this.text = text;
    }

    static String complete(String fragment) {
        return new PartialJson(fragment.strip()).complete();
    }

    private String complete() {
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '"') {
                int end = endOfString(i + 1);
                if (end < 0) {
                    return isName ? closed(text.substring(0, safe), safeDepth) : closed(openString(i), closers.size());
                }
                i = end;
                markValue(i, !isName);
            } else if (c == '{' || c == '[') {
                closers.push(c == '{' ? '}' : ']');
                isName = c == '{';
                markValue(i + 1, true);
                i++;
            } else if (c == '}' || c == ']') {
                closers.poll();
                isName = false;
                markValue(i + 1, true);
                i++;
            } else {
                i = other(i, c);
            }
        }
        return closed(text.substring(0, safe), safeDepth);
    }

    private int other(int i, char c) {
        if (c == ',') {
            isName = closers.peek() != null && closers.peek() == '}';
            return i + 1;
        }
        if (c == ':') {
            isName = false;
            return i + 1;
        }
        if (Character.isWhitespace(c)) {
            return i + 1;
        }
        int end = i;
        while (end < text.length() && ",]} \t\r\n".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        // A number or a word at the very end may go on; "true", "false" and "null" cannot.
        markValue(end, end < text.length() || isWord(text.substring(i, end)));
        return end;
    }

    private static boolean isWord(String literal) {
        return literal.equals("true") || literal.equals("false") || literal.equals("null");
    }

    private void markValue(int end, boolean isSafe) {
        if (isSafe) {
            safe = end;
            safeDepth = closers.size();
        }
    }

    /** The index behind the closing quote, or -1 if the string is open. */
    private int endOfString(int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                return i + 1;
            }
        }
        return -1;
    }

    /** The text with its open string closed, without half an escape or half a surrogate pair at its end. */
    private String openString(int quote) {
        int end = text.length();
        int i = quote + 1;
        int lastWhole = i;
        while (i < end) {
            int next = i + (text.charAt(i) != '\\' ? 1 : i + 1 < end && text.charAt(i + 1) == 'u' ? 6 : 2);
            if (next > end) {
                break;
            }
            if (!isHighSurrogate(i, next)) {
                lastWhole = next;
            }
            i = next;
        }
        return text.substring(0, lastWhole) + '"';
    }

    private boolean isHighSurrogate(int from, int to) {
        if (to - from == 1) {
            return Character.isHighSurrogate(text.charAt(from));
        }
        String digits = text.substring(from + 2, to).toLowerCase(java.util.Locale.ROOT);
        return digits.length() == 4 && digits.charAt(0) == 'd' && "89ab".indexOf(digits.charAt(1)) >= 0;
    }

    private String closed(String prefix, int depth) {
        StringBuilder whole = new StringBuilder(prefix);
        int skip = closers.size() - depth;
        for (char closer : closers) {
            if (skip-- <= 0) {
                whole.append(closer);
            }
        }
        return whole.toString();
    }
}
