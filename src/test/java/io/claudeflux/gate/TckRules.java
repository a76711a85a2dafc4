package io.claudeflux.gate;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.TestAbortedException;
import org.reactivestreams.tck.PublisherVerification;
import org.testng.SkipException;
import org.testng.annotations.Test;

/**
 * The rules of the Reactive Streams TCK as JUnit tests, one for each.
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> theStreamKeepsTheRules() {
 *     return TckRules.of(() -> new PublisherVerification<StreamEvent>(new TestEnvironment(500)) { ... });
 * }
 * }</pre>
 *
 * <p>The TCK is written for TestNG. Of that only the annotations are read here, so its runner stays off the classpath.
 */
public final class TckRules {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private TckRules() {}

    /** Returns a test for each rule; every one runs on a verification of its own. */
    public static Stream<DynamicTest> of(Supplier<? extends PublisherVerification<?>> verification) {
        return Arrays.stream(verification.get().getClass().getMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                // Names of rules that the TCK has no test for.
                .filter(method -> !method.getName().startsWith("untested_"))
                .sorted(Comparator.comparing(Method::getName))
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getName(), () -> assertTimeoutPreemptively(LIMIT, () -> check(rule, verification.get()))));
    }

    private static void check(Method rule, PublisherVerification<?> verification) throws Throwable {
        verification.setUp();
        try {
            // A verification may put a rule in other words, and need not be public for it.
            rule.setAccessible(true);
            rule.invoke(verification);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            throw cause instanceof SkipException ? new TestAbortedException(cause.getMessage(), cause) : cause;
        }
    }
}
