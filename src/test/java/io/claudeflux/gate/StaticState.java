package io.claudeflux.gate;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * No static field can change: each is final, and none holds a type that is made to be changed.
 *
 * <p>{@code Map}, {@code List} and {@code Set} pass, for the immutable ones of the JDK have no type of their own.
 */
final class StaticState extends ArchCondition<JavaClass> {
    private static final Set<String> READ_ONLY_IN_TYPE = Set.of("java.util.List", "java.util.Map", "java.util.Set");

    StaticState() {
        super("not hold static mutable state");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        type.getFields().stream()
                .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                .filter(field -> !field.getModifiers().contains(JavaModifier.SYNTHETIC))
                .filter(field -> !field.getModifiers().contains(JavaModifier.FINAL) || isMadeToChange(field))
                .forEach(field -> events.add(SimpleConditionEvent.violated(
                        field, field.getFullName() + " is shared by all and can change")));
    }

    private static boolean isMadeToChange(JavaField field) {
        JavaClass type = field.getRawType();
        if (READ_ONLY_IN_TYPE.contains(type.getName())) {
            return false;
        }
        return type.isAssignableTo(Collection.class)
                || type.isAssignableTo(Map.class)
                || type.isAssignableTo(ThreadLocal.class)
                || type.getName().matches("java\\.util\\.concurrent\\.atomic\\.(Atomic\\w+(?<!Updater)|Long\\w+)");
    }
}
