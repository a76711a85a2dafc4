package io.claudeflux.internal.http;

import io.claudeflux.error.ConfigurationException;

/**
 * What may stand in a header. Checked by us because Reactor Netty lets CR, LF and NUL through in some ways of setting
 * headers, and sends a question mark for what is not Latin-1.
 *
 * <p>Messages name the place and never show the value.
 */
public final class HeaderRules {
    private static final String NAME_SYMBOLS = "!#$%&'*+-.^_`|~";

    private HeaderRules() {}

    /**
     * Checks a header's name: an RFC 9110 token.
     *
     * @param name the name
     * @return the name
     * @throws ConfigurationException naming the index of the first character that cannot be
     */
    public static String name(String name) {
        int valid = 0;
        while (valid < name.length() && isTokenChar(name.charAt(valid))) {
            valid++;
        }
        if (name.isEmpty() || valid < name.length()) {
            throw invalid(
                    "header",
                    "name must be made of letters, digits and " + NAME_SYMBOLS + ", which index " + valid + " is not");
        }
        return name;
    }

    /**
     * Checks a header's value: visible ASCII, blanks and tabs, no blank at either end.
     *
     * @param name the header's name, for the message
     * @param value the value
     * @return the value
     * @throws ConfigurationException naming the index of the first character that cannot be
     */
    public static String value(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean isBlank = c == ' ' || c == '\t';
            boolean isEnd = i == 0 || i == value.length() - 1;
            if ((c < 0x21 && !isBlank) || c > 0x7E || (isBlank && isEnd)) {
                throw invalid(
                        "header " + name, "has a character at index " + i + " that a header value cannot have there");
            }
        }
        return value;
    }

    /**
     * Checks a word that becomes part of a header's value, such as a beta's name.
     *
     * @param name the header's name, for the message
     * @param word the word
     * @return the word
     * @throws ConfigurationException if it is empty or has a character that such a word cannot have
     */
    public static String token(String name, String word) {
        if (word.isEmpty() || !word.chars().allMatch(HeaderRules::isTokenChar)) {
            throw invalid(name, "must be made of letters, digits and " + NAME_SYMBOLS);
        }
        return word;
    }

    private static boolean isTokenChar(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || NAME_SYMBOLS.indexOf(c) >= 0;
    }

    private static ConfigurationException invalid(String setting, String problem) {
        return new ConfigurationException(setting, setting + " " + problem, null);
    }
}
