package io.claudeflux.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.claudeflux.message.Beta;
import io.claudeflux.message.PartialMessage;
import io.claudeflux.message.RateLimit;
import io.claudeflux.message.RateLimits;
import io.claudeflux.message.RequestShape;
import io.claudeflux.message.Response;
import io.claudeflux.message.TokenCount;
import io.claudeflux.message.UsageReport;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every record that stands for JSON of the Messages API, however deep, is made by some case of the fixtures. */
class VocabularyCoverageTests {
    /** These do not stand for a part of a body, or for one of another endpoint. */
    private static final Set<Class<?>> NO_PART_OF_A_BODY = Set.of(
            Beta.class,
            PartialMessage.class,
            RateLimit.class,
            RateLimits.class,
            RequestShape.class,
            Response.class,
            TokenCount.class,
            UsageReport.class);

    @Test
    void everyRecordOfTheVocabularyIsMadeByACase() throws ReflectiveOperationException {
        Set<Class<?>> made = new HashSet<>();
        for (CodecCase codecCase : CodecCase.all().toList()) {
            collect(codecCase.read(codecCase.json()), made);
        }

        Set<Class<?>> missing = records();
        missing.removeAll(made);
        missing.removeAll(NO_PART_OF_A_BODY);
        assertThat(missing).isEmpty();
    }

    private static Set<Class<?>> records() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.claudeflux.message").stream()
                        .map(JavaClass::reflect)
                        .filter(Class::isRecord)
                        .filter(type -> !type.getName().contains("Tests"))
                        .collect(Collectors.toSet());
    }

    private static void collect(@Nullable Object value, Set<Class<?>> made) throws ReflectiveOperationException {
        Collection<?> parts = List.of();
        if (value instanceof Collection<?> collection) {
            parts = collection;
        } else if (value instanceof Map<?, ?> map) {
            parts = map.values();
        }
        for (Object part : parts) {
            collect(part, made);
        }
        if (value instanceof Record) {
            made.add(value.getClass());
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                collect(component.getAccessor().invoke(value), made);
            }
        }
    }
}
