package io.claudeflux.internal.json;

import io.claudeflux.message.Container;
import io.claudeflux.message.ContainerParam;
import io.claudeflux.message.Json;
import io.claudeflux.message.Skill;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Containers of code execution, in answers and in requests. */
final class Containers {
    private Containers() {}

    static Container read(Json json) {
        Fields fields = Fields.of(json);
        List<Skill> skills = fields.fitting("skills", Containers::skills);
        return new Container(
                fields.string("id", ""),
                fields.string("expires_at"),
                skills == null ? List.of() : skills,
                fields.rest());
    }

    static void write(JsonGenerator out, Container container) {
        Members.object(out)
                .string("id", container.id())
                .string("expires_at", container.expiresAt())
                .list("skills", container.skills(), Containers::writeSkill)
                .rest(container.extra())
                .end();
    }

    /** The bare id, or an object. */
    static ContainerParam readParam(Json json) {
        return json.asString().map(ContainerParam::of).orElseGet(() -> {
            Fields fields = Fields.toTheLetter(json);
            return new ContainerParam(fields.string("id"), fields.list("skills", Containers::skill), fields.rest());
        });
    }

    static void writeParam(JsonGenerator out, ContainerParam container) {
        if (container.id() != null
                && container.skills().isEmpty()
                && container.extra().isEmptyObject()) {
            out.writeString(container.id());
        } else {
            Members.object(out)
                    .string("id", container.id())
                    .list("skills", container.skills(), Containers::writeSkill)
                    .rest(container.extra())
                    .end();
        }
    }

    private static List<Skill> skills(Json list) {
        return Slices.elements(list.text()).stream().map(Containers::skill).toList();
    }

    private static Skill skill(Json json) {
        Fields fields = Fields.toTheLetter(json);
        return new Skill(
                new Skill.Type(fields.requiredString("type")),
                fields.requiredString("skill_id"),
                fields.string("version"),
                fields.rest());
    }

    private static void writeSkill(JsonGenerator out, Skill skill) {
        Members.object(out)
                .word("type", skill.type())
                .string("skill_id", skill.skillId())
                .string("version", skill.version())
                .rest(skill.extra())
                .end();
    }
}
