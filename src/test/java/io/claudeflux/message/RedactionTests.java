package io.claudeflux.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an application says appears in no {@code toString}, however deep it sits. */
class RedactionTests {
    private static final String SECRET = "SECRET-WORDS";

    /** Names and ids, which tell a reader of logs what it was about. */
    private static final Set<String> NAMES = Set.of(
            "id",
            "type",
            "name",
            "model",
            "value",
            "toolUseId",
            "toolId",
            "toolsetName",
            "fileType",
            "fileId",
            "mediaType",
            "ttl",
            "display",
            "inferenceGeo",
            "previousMessageId",
            "expiresAt",
            "category");

    static Stream<Class<?>> records() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.claudeflux.message").stream()
                        .map(JavaClass::reflect)
                        .filter(Class::isRecord)
                        .filter(type -> !type.getName().contains("Tests") && !isOfTheServer(type));
    }

    /** Heads and limits of responses hold nothing that was said. */
    private static boolean isOfTheServer(Class<?> type) {
        return type == RateLimit.class || type == RateLimits.class || type == StopDetails.class;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("records")
    void wordsOfTheApplicationAreNotShown(Class<?> type) throws Exception {
        String shown = record(type).toString();
        assertThat(shown).doesNotContain(SECRET).hasSizeLessThan(2_000);
    }

    private static Object record(Class<?> type) throws Exception {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Constructor<?> constructor = type.getDeclaredConstructor(types);
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            boolean isName = NAMES.contains(components[i].getName());
            values[i] = isName && types[i] == String.class ? "name" : value(components[i].getGenericType());
        }
        return constructor.newInstance(values);
    }

    private static Object value(Type generic) throws Exception {
        if (generic instanceof ParameterizedType parameterized) {
            return collection(parameterized);
        }
        if (!(generic instanceof Class<?> type)) {
            // The value of a response, whose type shows itself as it sees fit.
            return "value";
        }
        if (type == String.class) {
            return SECRET;
        }
        if (type == Json.class) {
            return Json.of(Map.of("type", SECRET, SECRET, List.of(SECRET)));
        }
        if (type == int.class || type == Integer.class) {
            return 1;
        }
        if (type == long.class || type == Long.class) {
            return 1L;
        }
        if (type == boolean.class || type == Boolean.class) {
            return true;
        }
        if (type == Instant.class) {
            return Instant.EPOCH;
        }
        if (type == Duration.class) {
            return Duration.ZERO;
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        return type.isSealed() ? member(type) : record(type);
    }

    private static Object collection(ParameterizedType type) throws Exception {
        if (type.getRawType() == Map.class) {
            return Map.of("name", value(type.getActualTypeArguments()[1]));
        }
        Type element = type.getActualTypeArguments()[0];
        if (element instanceof Class<?> sealed && sealed.isSealed()) {
            Set<Object> all = new HashSet<>();
            for (Class<?> member : sealed.getPermittedSubclasses()) {
                // A result holds blocks that may be results: once is enough.
                all.add(member == ToolResultBlock.class ? ToolResultBlock.of("id", SECRET) : record(member));
            }
            return type.getRawType() == Set.class ? all : List.copyOf(all);
        }
        return type.getRawType() == Set.class ? Set.of(value(element)) : List.of(value(element));
    }

    private static Object member(Class<?> sealed) throws Exception {
        Class<?> first = sealed.getPermittedSubclasses()[0];
        return sealed == MediaSource.class ? new MediaSource.PlainText(SECRET) : record(first);
    }
}
