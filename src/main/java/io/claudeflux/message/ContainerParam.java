package io.claudeflux.message;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The container that code execution is to use: one of an earlier answer, or a new one with skills.
 *
 * @param id the container to use again; null for a new one
 * @param skills what the model can load in it; empty for none
 * @param extra the fields this version does not know, as one JSON object
 */
public record ContainerParam(@Nullable String id, List<Skill> skills, Json extra) {
    /**
     * Copies the list.
     *
     * @throws NullPointerException if {@code skills} or {@code extra} is null
     */
    public ContainerParam {
        Objects.requireNonNull(extra, "extra");
        skills = List.copyOf(skills);
    }

    /**
     * A container of an earlier answer.
     *
     * @param id the id of {@link Message#container()}
     * @return the setting
     */
    public static ContainerParam of(String id) {
        return new ContainerParam(id, List.of(), Json.emptyObject());
    }

    /**
     * A new container with skills.
     *
     * @param skills what the model can load
     * @return the setting
     */
    public static ContainerParam withSkills(Skill... skills) {
        return new ContainerParam(null, List.of(skills), Json.emptyObject());
    }

    /**
     * The same setting for a container of an earlier answer.
     *
     * @param id the id of {@link Message#container()}; null for a new one
     * @return a copy
     */
    public ContainerParam withId(@Nullable String id) {
        return new ContainerParam(id, skills, extra);
    }
}
