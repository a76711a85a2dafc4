package io.claudeflux.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.fixture.Await;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Schemas of classes are made once, and keep nothing alive. */
@Timeout(60)
class SchemaCacheTests {
    @Test
    void theSchemaOfAClassIsMadeOnce() {
        assertThat(JsonSchema.of(Samples.Invoice.class).json().text())
                .isSameAs(JsonSchema.of(Samples.Invoice.class).json().text());
    }

    @Test
    void manyThreadsGetTheSame() {
        List<JsonSchema> schemas = Objects.requireNonNull(Flux.range(0, 64)
                .flatMap(i -> Flux.defer(() -> Flux.fromIterable(Samples.ALL).map(JsonSchema::of))
                        .subscribeOn(Schedulers.parallel()))
                .collectList()
                .block(Duration.ofSeconds(30)));

        assertThat(schemas).hasSize(64 * Samples.ALL.size());
        assertThat(schemas.stream().map(schema -> schema.json().text()).distinct())
                .hasSize(Samples.ALL.size());
    }

    @Test
    void theClassesOfAnApplicationThatIsGoneAreGone() throws Exception {
        WeakReference<Class<?>> type = new WeakReference<>(schemaOfAnotherInvoice());

        Await.untilOrFail("the class", Duration.ofSeconds(20), () -> {
            System.gc();
            return type.get() == null;
        });
    }

    private static Class<?> schemaOfAnotherInvoice() throws ClassNotFoundException {
        Class<?> another = new OwnLoader().loadClass(Samples.Invoice.class.getName());
        assertThat(another).isNotSameAs(Samples.Invoice.class);
        assertThat(JsonSchema.of(another)).isEqualTo(JsonSchema.of(Samples.Invoice.class));
        return another;
    }

    /** As that of an application in a container: has classes of its own. */
    private static final class OwnLoader extends ClassLoader {
        OwnLoader() {
            super(SchemaCacheTests.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(Samples.class.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            try (InputStream in = Objects.requireNonNull(getResourceAsStream(name.replace('.', '/') + ".class"))) {
                byte[] code = in.readAllBytes();
                return defineClass(name, code, 0, code.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
