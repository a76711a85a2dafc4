package io.claudeflux.message;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The container that code execution used, for use in the next request.
 *
 * @param id its id
 * @param expiresAt when it goes away, as the server wrote it (RFC 3339)
 * @param skills what was loaded in it; empty for nothing
 * @param extra the fields this version does not know, as one JSON object
 */
public record Container(String id, @Nullable String expiresAt, List<Skill> skills, Json extra) {
    /**
     * Copies the list.
     *
     * @throws NullPointerException if {@code id}, {@code skills} or {@code extra} is null
     */
    public Container {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(extra, "extra");
        skills = List.copyOf(skills);
    }

    /**
     * A container without skills.
     *
     * @param id its id
     * @param expiresAt when it goes away, as the server wrote it (RFC 3339)
     * @param extra the fields this version does not know, as one JSON object
     */
    public Container(String id, @Nullable String expiresAt, Json extra) {
        this(id, expiresAt, List.of(), extra);
    }

    /**
     * This container as a setting of the next request.
     *
     * @return its id, which is all the server needs
     */
    public ContainerParam toParam() {
        return ContainerParam.of(id);
    }
}
