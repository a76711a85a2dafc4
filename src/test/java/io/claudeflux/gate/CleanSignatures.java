package io.claudeflux.gate;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.JavaTypeVariable;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a user can see of a class names only the JDK, the publishers of Reactor and the library's own exported types.
 *
 * <p>It is a list of what is allowed, generic arguments and bounds included: a new dependency is caught without anybody
 * having thought of it. An integration may show the types of what it integrates as well. Two methods, each known by its
 * whole signature, are let show one type of Reactor Netty: the doors for what no library can foresee about a network.
 */
final class CleanSignatures extends ArchCondition<JavaClass> {
    private static final Set<String> REACTIVE = Set.of(
            "reactor.core.publisher.Flux",
            "reactor.core.publisher.Mono",
            "reactor.util.context.Context",
            "reactor.util.context.ContextView",
            "org.reactivestreams.Publisher");

    /** Below the root, and what each may show. */
    private static final Map<String, String> DOORS = Map.of(
            "ConnectionSettings.eventLoops(reactor.netty.resources.LoopResources)",
            "reactor.netty.resources.LoopResources",
            "ConnectionSettings.httpClient(java.util.function.UnaryOperator)",
            "reactor.netty.http.client.HttpClient");

    /**
     * An integration speaks the language of what it integrates, and no other; the packages are those below the root.
     */
    private static final Map<String, String> HOSTS = Map.of(
            "spring", "org.springframework",
            "micrometer", "io.micrometer",
            "springai", "org.springframework.ai",
            "langchain4j", "dev.langchain4j",
            "mcp", "io.modelcontextprotocol");

    private final String root;

    CleanSignatures(String root) {
        super("show only JDK, Flux, Mono and exported types of our own");
        this.root = root;
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        if (!isVisible(type)) {
            return;
        }
        report(type.getName(), type, headerOf(type), events);
        type.getMembers().stream()
                .filter(CleanSignatures::isVisible)
                .forEach(member -> report(member.getFullName(), member, typesOf(member), events));
    }

    /** Without supertypes that the package keeps for itself: Javadoc leaves them out, and nobody else can name them. */
    private static Stream<JavaType> headerOf(JavaClass type) {
        Stream<JavaType> supertypes = Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream())
                .filter(supertype -> isVisible(supertype.toErasure())
                        || !supertype.toErasure().getPackageName().equals(type.getPackageName()));
        return Stream.concat(supertypes, bounds(type.getTypeParameters()));
    }

    private void report(String where, Object culprit, Stream<? extends JavaType> types, ConditionEvents events) {
        types.flatMap(type -> type.getAllInvolvedRawTypes().stream())
                .map(JavaClass::getBaseComponentType)
                .filter(type -> !isAllowed(type) && !isDoor(where, type) && !isOfItsHost(where, type))
                .distinct()
                .forEach(type -> events.add(
                        SimpleConditionEvent.violated(culprit, where + " shows " + type.getName() + " to its users")));
    }

    private boolean isDoor(String where, JavaClass type) {
        return where.startsWith(root + ".") && type.getName().equals(DOORS.get(where.substring(root.length() + 1)));
    }

    private boolean isOfItsHost(String where, JavaClass type) {
        return HOSTS.entrySet().stream()
                .anyMatch(host -> where.startsWith(root + "." + host.getKey() + ".")
                        && (type.getPackageName() + ".").startsWith(host.getValue() + "."));
    }

    private boolean isAllowed(JavaClass type) {
        String packageName = type.getPackageName();
        if (type.isPrimitive() || packageName.startsWith("java.") || packageName.startsWith("javax.net.ssl")) {
            return true;
        }
        if (packageName.equals(root) || packageName.startsWith(root + ".")) {
            return !packageName.startsWith(root + ".internal") && isVisible(type);
        }
        return REACTIVE.contains(type.getName());
    }

    private static Stream<JavaType> typesOf(JavaMember member) {
        if (member instanceof JavaField field) {
            return Stream.of(field.getType());
        }
        JavaCodeUnit method = (JavaCodeUnit) member;
        return Stream.of(
                        Stream.of(method.getReturnType()),
                        method.getParameterTypes().stream(),
                        method.getExceptionTypes().stream().map(JavaType.class::cast),
                        bounds(method.getTypeParameters()))
                .flatMap(types -> types);
    }

    private static Stream<JavaType> bounds(Iterable<? extends JavaTypeVariable<?>> variables) {
        Stream.Builder<JavaType> bounds = Stream.builder();
        variables.forEach(variable -> variable.getUpperBounds().forEach(bounds));
        return bounds.build();
    }

    private static boolean isVisible(JavaMember member) {
        Set<JavaModifier> modifiers = member.getModifiers();
        return !modifiers.contains(JavaModifier.SYNTHETIC)
                && !modifiers.contains(JavaModifier.BRIDGE)
                && (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED));
    }

    private static boolean isVisible(JavaClass type) {
        Set<JavaModifier> modifiers = type.getModifiers();
        boolean visible = modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
        Optional<JavaClass> enclosing = type.getEnclosingClass();
        return visible && (enclosing.isEmpty() || isVisible(enclosing.get()));
    }
}
