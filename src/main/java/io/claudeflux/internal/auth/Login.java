package io.claudeflux.internal.auth;

import io.claudeflux.error.ConfigurationException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** How a client gets at what it shows, as far as that is known when it is built. Prints no secret. */
public interface Login {
    /**
     * Where the API is for those who log in like this.
     *
     * @return the URL, unchecked; null if that is left to others
     */
    default @Nullable String baseUrl() {
        return null;
    }

    /**
     * Where it comes from, for a message about its base URL.
     *
     * @return such as the path of a file
     */
    default String origin() {
        return "";
    }

    /**
     * Whether it has exchanges of its own with the API, for which there should be a connection.
     *
     * @return true for tokens that expire
     */
    default boolean isExchanged() {
        return false;
    }

    /**
     * Gets ready for the API at an address; sends nothing yet.
     *
     * @param baseUrl where the proofs will go
     * @param endpoint the way to fresh tokens
     * @return the credential
     * @throws ConfigurationException if it does not suit the address
     */
    Credential open(URI baseUrl, TokenEndpoint endpoint);
}
