package io.claudeflux.fault;

import static io.claudeflux.fault.Expect.done;
import static io.claudeflux.fixture.Frames.errorJson;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.ARRAY;

import io.claudeflux.error.ConfigurationException;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Recorder;
import io.claudeflux.fixture.Script;
import io.claudeflux.stream.StreamEvent;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A key that is fetched for each attempt: when it cannot be had, nothing is sent. */
@Timeout(60)
class KeySupplierTests {
    private static final Script GOOD = reply(h200(), chunk(good("hi")), end());

    @TestFactory
    Stream<DynamicTest> unusableSuppliers() {
        return Stream.of(
                refused("a supplier that throws", () -> {
                    throw new IllegalStateException("vault is sealed");
                }),
                refused("a supplier that fails", () -> Mono.error(new IOException("vault is sealed"))),
                refused("a supplier without a key", Mono::empty),
                refused("a key with a line break", () -> Mono.just(FaultBench.KEY + "\r\nx-evil: 1")),
                refused("a key beyond Latin-1", () -> Mono.just(FaultBench.KEY + "\u2026")),
                refused("an empty key", () -> Mono.just("")),
                refused("a supplier that returns null", () -> null),
                refused(
                        "a supplier that fails with our own exception",
                        () -> Mono.error(new ConfigurationException("vault", "no lease for " + FaultBench.KEY, null))),
                refused("a supplier that fails with an error", () -> Mono.error(new AssertionError(FaultBench.KEY))),
                refused("a supplier of which a class is missing", () -> {
                    throw new NoClassDefFoundError(FaultBench.KEY);
                }),
                refused("a key as the message", () -> Mono.error(new IOException(FaultBench.KEY))),
                refused("half a key as the message", () -> Mono.error(new IOException("got Y-0123456789abcdef"))),
                refused(
                        "a key in the cause",
                        () -> Mono.error(
                                new IOException("refused", new IllegalStateException("at " + FaultBench.KEY)))),
                refused("a key among the suppressed", () -> {
                    IllegalStateException thrown = new IllegalStateException("refused");
                    thrown.addSuppressed(new IOException("key=" + FaultBench.KEY));
                    throw thrown;
                }),
                refused("a key in toString", () -> Mono.error(new Talkative())),
                refused("causes in a circle", () -> {
                    IllegalStateException one = new IllegalStateException("one " + FaultBench.KEY);
                    IllegalStateException two = new IllegalStateException("two", one);
                    one.initCause(two);
                    throw two;
                }),
                refused("a byte order mark", () -> Mono.just("\uFEFF" + FaultBench.KEY)),
                refused("quotes", () -> Mono.just("'" + FaultBench.KEY + "'")));
    }

    @Test
    @DisplayName("a supplier is asked where it may block, at each attempt, and not on an event loop")
    void suppliersAreAskedOffTheEventLoops() {
        List<Boolean> onLoops = new CopyOnWriteArrayList<>();
        Supplier<Mono<String>> blocking = () -> {
            onLoops.add(Schedulers.isInNonBlockingThread());
            return Mono.just(FaultBench.KEY);
        };
        Script busy = reply(json(529, errorJson("overloaded_error", "busy")));
        try (FaultBench bench = FaultBench.serving(b -> b.apiKey(blocking), busy, busy, GOOD)) {
            done("hi")
                    .accept(bench.observe(bench.client().messages().stream(FaultBench.request())
                            .subscribeOn(Schedulers.parallel())));
        }
        assertThat(onLoops).containsExactly(false, false, false);
    }

    @Test
    @DisplayName("what a supplier threw is the cause, without its text where that looks like a secret")
    void causeTellsWhatItMay() {
        IOException plain = new IOException("vault is sealed");
        assertThat(failure(plain)).hasCause(plain);
        ConfigurationException hidden = failure(new IOException("no lease", new IOException(FaultBench.KEY)));
        assertThat(hidden.getCause())
                .hasMessageStartingWith("java.io.IOException (its text is not shown")
                .hasRootCauseMessage("java.io.IOException (its text is not shown: it looks like a secret)");
        assertThat(hidden.getCause())
                .extracting(Throwable::getStackTrace)
                .asInstanceOf(ARRAY)
                .isNotEmpty();
    }

    private static ConfigurationException failure(Throwable thrown) {
        try (FaultBench bench = FaultBench.serving(b -> b.apiKey(() -> Mono.error(thrown)), GOOD)) {
            return bench.stream().error(ConfigurationException.class);
        }
    }

    /** Says more than its message. */
    @SuppressWarnings("OverrideThrowableToString")
    private static final class Talkative extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Talkative() {
            super("refused");
        }

        @Override
        public String toString() {
            return "refused: " + FaultBench.KEY;
        }
    }

    private static DynamicTest refused(String name, Supplier<Mono<String>> supplier) {
        return DynamicTest.dynamicTest(name + " is a configuration error", () -> {
            try (FaultBench bench = FaultBench.serving(b -> b.apiKey(supplier), GOOD)) {
                Outcome<StreamEvent> outcome = bench.stream();
                assertThat(outcome.error(ConfigurationException.class).isRetryable())
                        .isFalse();
                assertThat(bench.server().conns()).isZero();
            }
        });
    }

    @Test
    @DisplayName("E27 the caller's Reactor Context reaches the supplier")
    void contextReachesTheSupplier() {
        try (FaultBench bench = FaultBench.serving(
                b -> b.apiKey(() -> Mono.deferContextual(context -> Mono.just(context.<String>get("key")))), GOOD)) {
            done("hi")
                    .accept(bench.observe(bench.client().messages().stream(FaultBench.request())
                            .contextWrite(context -> context.put("key", "sk-ant-of-tenant-7"))));
            assertThat(bench.server().request(0).header("x-api-key")).contains("sk-ant-of-tenant-7");
        }
    }

    @Test
    @DisplayName("F11 cancel while the key is fetched")
    void cancelReachesTheSupplier() {
        AtomicBoolean cancelled = new AtomicBoolean();
        try (FaultBench bench = FaultBench.serving(
                b -> b.apiKey(() -> Mono.<String>never().doOnCancel(() -> cancelled.set(true))), GOOD)) {
            Recorder<StreamEvent> recorder =
                    bench.subscribe(bench.client().messages().stream(FaultBench.request()), Long.MAX_VALUE);
            recorder.cancel();
            assertThat(cancelled).isTrue();
            assertThat(recorder.terminals()).isZero();
            assertThat(bench.server().conns()).isZero();
        }
    }
}
