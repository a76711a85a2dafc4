package io.claudeflux.speed.process;

import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The class path of a client, which is what its users have and nothing else: no client pays for the jars of another,
 * and none logs. The classes of this project come first, whichever client it is.
 */
public final class Libraries {
    private static final List<String> ALL = List.of(
            "reactor-",
            "netty-",
            "reactive-streams-1",
            "jackson-core-3",
            "jackson-databind-3",
            "jackson-annotations",
            "jspecify",
            "slf4j-api",
            "HdrHistogram");
    private static final List<String> SPRING = List.of(
            "spring-core",
            "spring-beans",
            "spring-web",
            "spring-context",
            "commons-logging",
            "micrometer-observation-1",
            "micrometer-commons");
    private static final List<String> KOTLIN = List.of("kotlin-", "okhttp", "okio", "annotations-");
    private static final List<String> JACKSON_2 =
            List.of("jackson-core-2", "jackson-databind-2", "jackson-datatype", "jackson-module-kotlin");
    private static final List<String> SDK = List.of(
            "anthropic-", "standardwebhooks", "swagger-annotations-2", "error_prone_annotations", "opentelemetry-");
    private static final List<String> LANGCHAIN4J = List.of("langchain4j-", "jtokkit");

    private Libraries() {}

    /** The class path for the client of that name. */
    public static String of(String client) {
        List<List<String>> more = switch (client) {
            case "webclient" -> List.of(SPRING);
            case "sdk" -> List.of(KOTLIN, JACKSON_2, SDK);
            case "langchain4j" -> List.of(JACKSON_2, LANGCHAIN4J);
            default -> List.of();
        };
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.endsWith(".jar")
                        || isAmong(ALL, entry)
                        || more.stream().anyMatch(names -> isAmong(names, entry)))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean isAmong(List<String> names, String entry) {
        String jar = new File(entry).getName();
        return names.stream().anyMatch(jar::startsWith);
    }
}
