package io.claudeflux.internal.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A secret in what a server says, however it is written there: plain, escaped as JSON, URLs and HTML escape, or cut off
 * at the end of the text, since only the beginning of a long one is read.
 */
final class Repetitions {
    /** A shorter one is a word of a test, which would be found everywhere; and so would the beginning of one. */
    private static final int SHORTEST = 8;

    private static final Pattern ESCAPE =
            Pattern.compile("\\\\u00(?<json>[0-9a-fA-F]{2})|\\\\(?<plain>[\"'/\\\\])|%(?<url>[0-9a-fA-F]{2})"
                    + "|&#[xX]0{0,4}(?<hex>[0-9a-fA-F]{2});|&#0{0,4}(?<decimal>\\d{2,3});");

    private final String text;
    private final String secret;
    private final Matcher escape;

    private Repetitions(String text, String secret) {
        this.text = text;
        this.secret = secret;
        this.escape = ESCAPE.matcher(text);
    }

    /**
     * The text with a mark in place of each repetition.
     *
     * @param secret what must not be there
     * @param mark what is put there
     */
    static String replaced(String text, String secret, String mark) {
        // Nearly every text: without an escape, even a repetition that is cut off begins like the secret.
        boolean isElsewhere =
                secret.length() < SHORTEST || (!isEscaped(text) && !text.contains(secret.substring(0, SHORTEST)));
        return isElsewhere ? text : new Repetitions(text, secret).replaced(mark);
    }

    private static boolean isEscaped(String text) {
        return text.indexOf('\\') >= 0 || text.indexOf('%') >= 0 || text.indexOf('&') >= 0;
    }

    private String replaced(String mark) {
        StringBuilder told = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int end = end(at);
            if (end < 0) {
                told.append(text.charAt(at));
                at++;
            } else {
                told.append(mark);
                at = end;
            }
        }
        return told.toString();
    }

    /** Where the repetition ends that begins here; negative if none does. */
    private int end(int begin) {
        int at = begin;
        for (int i = 0; i < secret.length(); i++) {
            if (at == text.length()) {
                return i < SHORTEST ? -1 : at;
            }
            int next = next(at, secret.charAt(i));
            if (next < 0) {
                return -1;
            }
            at = next;
        }
        return at;
    }

    /** Where it goes on behind a character, however that is written; negative if it is another one. */
    private int next(int at, char wanted) {
        char found = text.charAt(at);
        if (found == wanted) {
            return at + 1;
        }
        boolean isEscape = (found == '\\' || found == '%' || found == '&')
                && escape.region(at, text.length()).lookingAt();
        return isEscape && escaped() == wanted ? escape.end() : -1;
    }

    private int escaped() {
        String plain = escape.group("plain");
        if (plain != null) {
            return plain.charAt(0);
        }
        String decimal = escape.group("decimal");
        if (decimal != null) {
            return Integer.parseInt(decimal);
        }
        for (String group : new String[] {"json", "url", "hex"}) {
            String digits = escape.group(group);
            if (digits != null) {
                return Integer.parseInt(digits, 16);
            }
        }
        return -1;
    }
}
