package io.claudeflux.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.fixture.Canary;
import io.claudeflux.limit.Quota;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.core.env.MapPropertySource;
import org.springframework.javapoet.ClassName;

/** What the build of a native image finds out: nothing of it needs hints that Spring Boot does not make itself. */
@Timeout(60)
class NativeImageTests {
    @Test
    void theClientIsMadeByGeneratedCodeAndPropertiesAreBoundThere() {
        InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();
        DefaultGenerationContext generation = new DefaultGenerationContext(
                new ClassNameGenerator(ClassName.get("io.claudeflux.spring", "Application")), files);
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("test", Map.of("claude-flux.api-key", Canary.KEY)));
            context.register(ClaudeFluxAutoConfiguration.class);
            new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
        }
        generation.writeGeneratedContent();
        assertThat(files.getGeneratedFiles(Kind.SOURCE).keySet())
                .contains("io/claudeflux/spring/ClaudeFluxAutoConfiguration__BeanDefinitions.java");
        assertThat(files.getGeneratedFiles(Kind.SOURCE).values()).allSatisfy(source -> {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            source.getInputStream().transferTo(text);
            assertThat(text.toString(StandardCharsets.UTF_8)).doesNotContain(Canary.KEY);
        });
        for (Class<?> bound :
                new Class<?>[] {ClaudeFluxProperties.class, ClaudeFluxProperties.Retry.class, Quota.class}) {
            assertThat(RuntimeHintsPredicates.reflection().onType(bound))
                    .as(bound.getName())
                    .accepts(generation.getRuntimeHints());
        }
    }
}
