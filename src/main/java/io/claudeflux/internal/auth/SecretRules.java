package io.claudeflux.internal.auth;

import io.claudeflux.error.ConfigurationException;

/**
 * What a secret, and an id that travels with one, is made of.
 *
 * <p>Messages name the place and never show the value.
 */
final class SecretRules {
    /** The most that a key has. */
    static final int KEY_CHARS = 512;
    /** Tokens may be signed statements about who asks; one header of a request can hardly be longer. */
    static final int TOKEN_CHARS = 8192;
    /** What travels in a body. */
    static final int ASSERTION_CHARS = 32 << 10;

    private static final int ID_CHARS = 256;
    private static final String ID_SYMBOLS = "-_.:";

    private SecretRules() {}

    /**
     * Checks a secret: 1 to {@code max} visible ASCII characters, nothing trimmed, and no quotes around it.
     *
     * @param setting what it is, for the message
     * @return the value
     * @throws ConfigurationException naming the index of the first character that cannot be
     */
    static String secret(String setting, String secret, int max) {
        if (secret.isEmpty() || secret.length() > max) {
            throw invalid(setting, "must have 1 to " + max + " characters but has " + secret.length());
        }
        for (int i = 0; i < secret.length(); i++) {
            char c = secret.charAt(i);
            if (c < 0x21 || c > 0x7E) {
                String what = Character.isWhitespace(c) || c == 0xA0
                        ? "white space (was it read from a file, or copied with a line end?)"
                        : "a character that no key has";
                throw invalid(setting, "has " + what + " at index " + i);
            }
        }
        char first = secret.charAt(0);
        if (isQuote(first) || isQuote(secret.charAt(secret.length() - 1))) {
            int index = isQuote(first) ? 0 : secret.length() - 1;
            throw invalid(
                    setting, "has a quotation mark at index " + index + "; quotes around a value are no part of it");
        }
        return secret;
    }

    /** Checks a name that the API has given to something, such as a workspace. */
    static String id(String setting, String id) {
        if (id.isEmpty() || id.length() > ID_CHARS) {
            throw invalid(setting, "must have 1 to " + ID_CHARS + " characters but has " + id.length());
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!isLetter && ID_SYMBOLS.indexOf(c) < 0) {
                throw invalid(setting, "has a character at index " + i + " that no id has");
            }
        }
        return id;
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'' || c == '`';
    }

    private static ConfigurationException invalid(String setting, String problem) {
        return new ConfigurationException(setting, setting + " " + problem, null);
    }
}
