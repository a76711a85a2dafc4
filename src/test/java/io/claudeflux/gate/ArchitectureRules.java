package io.claudeflux.gate;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The rules of the architecture for the tree below one root, by name; {@code ArchitectureRulesTests} sees each red. */
final class ArchitectureRules {
    /** May subscribe by hand: the documentation of each says why a chain of operators cannot do it. */
    static final Set<String> MAY_SUBSCRIBE = Set.of(
            "TotalClock",
            "internal.sse.SseFlux",
            "internal.admission.Hold",
            "internal.http.ClockedBody",
            "tool.ToolSignal",
            "spring.ClientShutdown",
            "langchain4j.HandlerSubscriber");

    /** May wait for a publisher: an interface of somebody else has them return a value. They refuse event loops. */
    static final Set<String> MAY_WAIT = Set.of("springai.ClaudeFluxChatModel");

    /** Take in what a user hands to Reactor Netty, and pass it on to {@code internal.http}. */
    static final Set<String> DOORS = Set.of("ConnectionSettings", "DefaultClaudeClientBuilder");

    /** May use {@code boundedElastic}: files, the JDK's look-up of names, what an application supplies. */
    static final Set<String> MAY_BLOCK_ASIDE = Set.of(
            "internal.http.Tunnel",
            "internal.auth.SmallFile",
            "internal.auth.Supplied",
            // Runs functions of the application that it says may block.
            "tool.ClientTool",
            // Makes schemas, which takes a cold JVM a second.
            "schema.StructuredOutput");

    /** In jars that an application may leave out, or that come for one system only. */
    private static final Predicate<JavaClass> NETTY_OPTIONS = Forbidden.in(
            "io.netty.channel.epoll",
            "io.netty.channel.kqueue",
            "io.netty.channel.uring",
            "io.netty.internal.tcnative",
            "io.netty.resolver.dns.macos",
            "io.netty.handler.codec.compression",
            "io.netty.handler.codec.http2",
            "io.netty.handler.codec.http3",
            "io.netty.handler.codec.quic");

    /** What each integration is there for, and may know besides what all know. */
    private static final Map<String, Predicate<JavaClass>> INTEGRATES = Map.of(
            "spring", Forbidden.in("org.springframework", "io.micrometer"),
            "springai", Forbidden.in("org.springframework"),
            "micrometer", Forbidden.in("io.micrometer"),
            "langchain4j", Forbidden.in("dev.langchain4j"),
            "mcp", Forbidden.in("io.modelcontextprotocol"));

    private final String root;
    private final Map<String, ArchRule> rules = new LinkedHashMap<>();

    private ArchitectureRules(String root) {
        this.root = root;
    }

    static Map<String, ArchRule> below(String root) {
        ArchitectureRules rules = new ArchitectureRules(root);
        rules.addPackages();
        rules.addLibraries();
        rules.addHabits();
        return rules.rules;
    }

    private void addPackages() {
        rules.put("arrows", classes().should(PackageArrows.follow(root)));
        rules.put(
                "cycles",
                slices().assignedFrom(new OneSliceForEachPackage()).should().beFreeOfCycles());
        rules.put("signatures", outside("internal", "cli").should(new CleanSignatures(root)));
    }

    private void addLibraries() {
        Predicate<JavaClass> netty = Forbidden.in("io.netty", "reactor.netty");
        rules.put(
                "netty",
                outside("internal.http", "internal.sse", "simulator")
                        .and(describe("are no doors", type -> !isDoor(type)))
                        .should(Forbidden.dependency("know Netty", netty)));
        rules.put(
                "doors",
                classes()
                        .that(describe("are doors", this::isDoor))
                        .should(Forbidden.dependency(
                                "know more of Netty than they take in",
                                netty.and(Forbidden.named("reactor.netty.http.client.HttpClient")
                                        .or(Forbidden.named("reactor.netty.resources.LoopResources"))
                                        .negate()))));
        core("netty-options", Forbidden.dependency("need a part of Netty that may be missing", NETTY_OPTIONS));
        rules.put(
                "jackson",
                outside("internal.json", "internal.schema")
                        .should(Forbidden.dependency("know Jackson 3", Forbidden.in("tools.jackson"))));
        rules.put(
                "schema-library",
                outside("internal.schema")
                        .should(Forbidden.dependency(
                                "know the library that makes schemas",
                                Forbidden.in("com.github.victools", "com.fasterxml.classmate"))));
        rules.put(
                "jackson-annotations",
                outside("message", "stream", "internal.json", "internal.schema")
                        .should(Forbidden.dependency(
                                "know Jackson's annotations", Forbidden.in("com.fasterxml.jackson"))));
        rules.put("picocli", outside("cli").should(Forbidden.dependency("know picocli", Forbidden.in("picocli"))));
        rules.put(
                "strangers",
                classes()
                        .should(Forbidden.dependency(
                                "know a library that is neither the core's nor what they integrate",
                                (origin, target) -> isStranger(target) && !isIntegratedBy(origin, target))));
    }

    private void addHabits() {
        core("blocking-reads", Forbidden.access("block for a publisher", this::isBlockingReadOfOurs));
        core("subscribe", Forbidden.access("subscribe", this::isSubscribeOfOurs));
        core("publish-on", Forbidden.access("publishOn", access -> Forbidden.isOnPublisher(access, "publishOn")));
        core("sinks", Forbidden.dependency("use Sinks", Forbidden.named("reactor.core.publisher.Sinks")));
        core("bounded-elastic", Forbidden.access("use boundedElastic", this::isBoundedElasticOfOurs));
        core("threads", Forbidden.access("start, stop or block a thread", Forbidden::isThreadUse));
        core("console", Forbidden.access("print", Forbidden::isConsole));
        core("static-state", new StaticState());
    }

    /** The simulator and the command line are freer: they run on threads of their own. */
    private void core(String name, ArchCondition<JavaClass> condition) {
        rules.put(name, outside("simulator", "cli").should(condition));
    }

    private GivenClassesConjunction outside(String... packages) {
        String[] patterns =
                Arrays.stream(packages).map(name -> root + "." + name + "..").toArray(String[]::new);
        return classes().that(resideOutsideOfPackages(patterns));
    }

    private boolean isDoor(JavaClass type) {
        return DOORS.stream().anyMatch(name -> type.getName().equals(root + "." + name));
    }

    private boolean isStranger(JavaClass target) {
        return !resideInAnyPackage(
                        "",
                        "java..",
                        "javax.net.ssl..",
                        "javax.security.auth.x500..",
                        "org.jspecify..",
                        "org.slf4j..",
                        "org.reactivestreams..",
                        "reactor..",
                        "io.netty..",
                        "tools.jackson..",
                        "com.fasterxml.jackson..",
                        "com.github.victools..",
                        "com.fasterxml.classmate..",
                        "picocli..",
                        root + "..")
                .test(target);
    }

    private boolean isIntegratedBy(JavaClass origin, JavaClass target) {
        return PackageArrows.entryOf(root, origin.getPackageName())
                .map(INTEGRATES::get)
                .filter(library -> library.test(target))
                .isPresent();
    }

    private boolean isBlockingReadOfOurs(JavaAccess<?> access) {
        return !comesFrom(access, MAY_WAIT) && Forbidden.isBlockingRead(access);
    }

    private boolean isSubscribeOfOurs(JavaAccess<?> access) {
        return !comesFrom(access, MAY_SUBSCRIBE) && Forbidden.isOnPublisher(access, "subscribe");
    }

    private boolean isBoundedElasticOfOurs(JavaAccess<?> access) {
        return !comesFrom(access, MAY_BLOCK_ASIDE) && Forbidden.isBoundedElastic(access);
    }

    private boolean comesFrom(JavaAccess<?> access, Set<String> types) {
        String origin = access.getOriginOwner().getName();
        return types.stream()
                .map(name -> root + "." + name)
                .anyMatch(name -> origin.equals(name) || origin.startsWith(name + "$"));
    }

    /** A pattern such as {@code io.claudeflux.(**)} can put every class in one slice and then never fails. */
    private static final class OneSliceForEachPackage implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "one slice for each package";
        }
    }
}
