package io.claudeflux.gate;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.reactivestreams.Publisher;

/** Conditions on what a class must not depend on or call; method references count as calls. */
final class Forbidden {
    private static final Set<String> BLOCKING_READS =
            Set.of("block", "blockFirst", "blockLast", "blockOptional", "toIterable", "toStream");
    private static final Set<String> THREAD_CONTROL = Set.of("<init>", "start", "join", "sleep", "interrupt");
    private static final Set<String> FUTURE_READS = Set.of("get", "join");
    private static final Set<String> STANDARD_STREAMS = Set.of("out", "err");
    private static final Set<String> BLOCKERS = Set.of(
            "java.lang.Object",
            "java.util.concurrent.TimeUnit",
            "java.util.concurrent.Executors",
            "java.util.concurrent.CountDownLatch",
            "java.util.concurrent.Semaphore",
            "java.util.concurrent.BlockingQueue",
            "java.util.concurrent.locks.LockSupport",
            "java.util.concurrent.locks.Condition");
    private static final Set<String> WAITS = Set.of(
            "sleep",
            "wait",
            "await",
            "acquire",
            "park",
            "parkNanos",
            "take",
            "newFixedThreadPool",
            "newCachedThreadPool",
            "newSingleThreadExecutor",
            "newScheduledThreadPool",
            "newSingleThreadScheduledExecutor");

    private Forbidden() {}

    static ArchCondition<JavaClass> dependency(String what, Predicate<JavaClass> target) {
        return dependency(what, (origin, type) -> target.test(type));
    }

    /** The same where it matters who depends. */
    static ArchCondition<JavaClass> dependency(String what, BiPredicate<JavaClass, JavaClass> isForbidden) {
        return new ArchCondition<>("not " + what) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> isForbidden.test(
                                type, dependency.getTargetClass().getBaseComponentType()))
                        .forEach(dependency ->
                                events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription())));
            }
        };
    }

    static ArchCondition<JavaClass> access(String what, Predicate<JavaAccess<?>> forbidden) {
        return new ArchCondition<>("not " + what) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getAccessesFromSelf().stream()
                        .filter(forbidden)
                        .forEach(access -> events.add(SimpleConditionEvent.violated(access, access.getDescription())));
            }
        };
    }

    static Predicate<JavaClass> in(String... packages) {
        return type -> Arrays.stream(packages).anyMatch(name -> (type.getPackageName() + ".").startsWith(name + "."));
    }

    static Predicate<JavaClass> named(String name) {
        return type -> type.getName().equals(name) || type.getName().startsWith(name + "$");
    }

    static boolean isOnPublisher(JavaAccess<?> access, String method) {
        return access.getName().equals(method) && access.getTargetOwner().isAssignableTo(Publisher.class);
    }

    static boolean isBlockingRead(JavaAccess<?> access) {
        return BLOCKING_READS.contains(access.getName())
                && access.getTargetOwner().isAssignableTo(Publisher.class);
    }

    static boolean isBoundedElastic(JavaAccess<?> access) {
        return access.getName().equals("boundedElastic") || access.getName().equals("newBoundedElastic");
    }

    static boolean isThreadUse(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String name = access.getName();
        if (owner.isAssignableTo(Thread.class)) {
            return THREAD_CONTROL.contains(name);
        }
        if (owner.isAssignableTo(Future.class)) {
            return FUTURE_READS.contains(name);
        }
        return BLOCKERS.contains(owner.getName()) && WAITS.contains(name);
    }

    static boolean isConsole(JavaAccess<?> access) {
        boolean stream =
                access.getTargetOwner().isEquivalentTo(System.class) && STANDARD_STREAMS.contains(access.getName());
        return stream || access.getName().equals("printStackTrace");
    }
}
