package io.claudeflux.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A skill for the container of the code execution tool: instructions and files that the model can load.
 *
 * @param type who made it
 * @param skillId its id
 * @param version its version, or {@code latest}; null in a request for the latest
 * @param extra the fields this version does not know, as one JSON object
 */
public record Skill(Type type, String skillId, @Nullable String version, Json extra) {
    /**
     * Takes any skill.
     *
     * @throws NullPointerException if {@code type}, {@code skillId} or {@code extra} is null
     */
    public Skill {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(skillId, "skillId");
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * A skill of Anthropic.
     *
     * @param skillId its id, such as {@code xlsx}
     * @return its latest version
     */
    public static Skill anthropic(String skillId) {
        return new Skill(Type.ANTHROPIC, skillId, null, Json.emptyObject());
    }

    /**
     * A skill that was uploaded.
     *
     * @param skillId its id
     * @return its latest version
     */
    public static Skill custom(String skillId) {
        return new Skill(Type.CUSTOM, skillId, null, Json.emptyObject());
    }

    /**
     * The same skill in another version.
     *
     * @param version the version; null for the latest
     * @return a copy
     */
    public Skill withVersion(@Nullable String version) {
        return new Skill(type, skillId, version, extra);
    }

    /**
     * Who made a skill.
     *
     * <p>An open set: the server may add values, and any string is accepted. Source: {@code skills[].type}.
     *
     * @param value the word on the wire
     */
    public record Type(String value) {
        /** Anthropic. */
        public static final Type ANTHROPIC = new Type("anthropic");

        /** The organization. */
        public static final Type CUSTOM = new Type("custom");

        /**
         * Takes any word.
         *
         * @throws NullPointerException if {@code value} is null
         */
        public Type {
            Objects.requireNonNull(value, "value");
        }

        @Override
        public String toString() {
            return value;
        }
    }

    @Override
    public String toString() {
        return "Skill[" + type + "]";
    }
}
