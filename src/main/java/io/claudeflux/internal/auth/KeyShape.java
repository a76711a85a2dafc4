package io.claudeflux.internal.auth;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is easily taken for an API key and is none. Known by how it begins, of which the hints tell no more than what
 * everybody's begin with.
 */
final class KeyShape {
    private static final Pattern PLACEHOLDER = Pattern.compile(
            "<.*>|\\$\\{.*}|\\{\\{.*}}|\\$[A-Z_]+|%[A-Z_]+%|x{3,}|\\*{3,}|\\.{3,}|sk-ant-(api\\d+-)?(\\.+|x+|\\*+|_+|<.*)"
                    + "|(your|my|insert|enter|put|replace)[-_]?.*(key|token|here|me)|key[-_]?here|change[-_]?(me|it)"
                    + "|placeholder|null|undefined|none|todo|anthropic_api_key|api[-_]?key",
            Pattern.CASE_INSENSITIVE);

    private static final List<Beginning> NO_KEYS = List.of(
            new Beginning(
                    "sk-ant-oat",
                    "is an access token of a Claude login and no API key: a subscription is not API access; create a"
                            + " key in the Console, or pass the token with authToken(...)"),
            new Beginning(
                    "sk-ant-ort",
                    "is a refresh token and no API key: it only fetches access tokens; create a key in the Console"),
            new Beginning(
                    "sk-ant-admin",
                    "is an admin key, which manages an organization and cannot ask a model; create an API key"),
            new Beginning("sk-proj-", "is a key of OpenAI"),
            new Beginning("sk-or-", "is a key of OpenRouter; its address goes into baseUrl(...)"),
            new Beginning("AKIA", "is an access key of AWS"),
            new Beginning("ASIA", "is an access key of AWS"),
            new Beginning("AIza", "is a key of Google"),
            new Beginning("ghp_", "is a token of GitHub"),
            new Beginning("github_pat_", "is a token of GitHub"),
            new Beginning("eyJ", "is a JSON web token and no API key; tokens go into authToken(...)"));

    private KeyShape() {}

    private record Beginning(String prefix, String meaning) {}

    /**
     * What is wrong with a key of the API, if anything.
     *
     * @return the end of a sentence, without any piece of the key; null if it may be one
     */
    static @Nullable String mixUp(String key) {
        String known = otherSecret(key);
        if (known != null) {
            return known;
        }
        if (PLACEHOLDER.matcher(key).matches()) {
            return "is a placeholder that nobody has filled in; create a key in the Console";
        }
        return isPath(key) ? "is the path of a file; read the file, and pass what is in it" : null;
    }

    /** What a secret is that belongs somewhere else, by the way it begins; null if it is none that is known. */
    static @Nullable String otherSecret(String key) {
        for (Beginning no : NO_KEYS) {
            if (key.startsWith(no.prefix())) {
                return "begins with " + no.prefix() + "…: it " + no.meaning();
            }
        }
        return null;
    }

    /** What is wrong with an auth token, if anything; null if it may be one. */
    static @Nullable String tokenMixUp(String token) {
        if (token.startsWith("sk-ant-ort")) {
            return "begins with sk-ant-ort…: it is a refresh token, which only fetches access tokens";
        }
        if (PLACEHOLDER.matcher(token).matches()) {
            return "is a placeholder that nobody has filled in";
        }
        return isPath(token) ? "is the path of a file; read the file, and pass what is in it" : null;
    }

    private static boolean isPath(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return key.startsWith("/")
                || key.startsWith("./")
                || key.startsWith("../")
                || key.startsWith("~/")
                || lower.startsWith("file:")
                || lower.matches("[a-z]:\\\\.*");
    }
}
