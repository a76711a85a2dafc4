package io.claudeflux.internal.schema;

import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.MethodScope;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.util.Arrays;
import java.util.Set;

/** Whether a property, or an element of its list, may be null: by the simple name of an annotation, whoever made it. */
final class Nullness {
    private static final Set<String> NAMES = Set.of("Nullable", "CheckForNull");

    private Nullness() {}

    static boolean isNullable(FieldScope field) {
        AnnotatedType type = field.getRawMember().getAnnotatedType();
        if (field.isFakeContainerItemScope()) {
            return isMarked(elementOf(type));
        }
        MethodScope getter = field.findGetter();
        return isMarked(type)
                || isMarked(field.getRawMember())
                || (getter != null
                        && (isMarked(getter.getRawMember())
                                || isMarked(getter.getRawMember().getAnnotatedReturnType())));
    }

    /** The element of a list or array; of deeper lists nothing is known. */
    private static AnnotatedType elementOf(AnnotatedType type) {
        if (type instanceof AnnotatedArrayType array) {
            return array.getAnnotatedGenericComponentType();
        }
        return type instanceof AnnotatedParameterizedType list && list.getAnnotatedActualTypeArguments().length == 1
                ? list.getAnnotatedActualTypeArguments()[0]
                : type;
    }

    private static boolean isMarked(AnnotatedElement element) {
        return Arrays.stream(element.getAnnotations())
                .map(Annotation::annotationType)
                .anyMatch(type -> NAMES.contains(type.getSimpleName()));
    }
}
