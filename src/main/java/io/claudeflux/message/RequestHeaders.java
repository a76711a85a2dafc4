package io.claudeflux.message;

import java.util.Arrays;

/**
 * The headers of a request, some of which have a name of their own here.
 *
 * @param <B> the builder that collects them
 */
public interface RequestHeaders<B> {
    /**
     * Adds a header to this request; it replaces a client-wide one of the same name.
     *
     * @param name the header's name
     * @param value the header's value
     * @return this builder
     */
    B header(String name, String value);

    /**
     * Turns on beta features for this request.
     *
     * @param betas values for {@code anthropic-beta}
     * @return this builder
     */
    B beta(String... betas);

    /**
     * Turns on beta features for this request.
     *
     * @param betas the features
     * @return this builder
     */
    default B beta(Beta... betas) {
        return beta(Arrays.stream(betas).map(Beta::value).toArray(String[]::new));
    }

    /**
     * Names the user profile on whose behalf it is asked. Source: the header {@code anthropic-user-profile-id}.
     *
     * @param id the id of the profile
     * @return this builder
     */
    default B userProfileId(String id) {
        return header("anthropic-user-profile-id", id);
    }

    /**
     * Names the workspace in which it is asked. Source: the header {@code anthropic-workspace-id}.
     *
     * @param id the id of the workspace
     * @return this builder
     */
    default B workspaceId(String id) {
        return header("anthropic-workspace-id", id);
    }
}
